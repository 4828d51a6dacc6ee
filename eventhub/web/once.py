"""Doing what a form asks once, however often it is sent.

A person on a weak link sends a form, sees nothing come back, and sends it again. The form carries
a random key; the first sending stores its answer in the same transaction as what it did, every
later one only gets that answer.
"""

from collections.abc import Callable
from contextlib import nullcontext

from sqlalchemy import select, update

from eventhub.core import ids
from eventhub.core.db import db, insert_unless_there, is_writing, transaction
from eventhub.core.ids import digest
from eventhub.web.models import SentForm


def once(key: str | None, purpose: str, act: Callable[[], str]) -> str:
    """Run `act` in one transaction and return what it answers (a ref, 250 characters at most).

    The transaction is the one that is open, or else its own.

    With a key that was used for this purpose before, return the stored answer and do nothing; a
    form without a key acts each time. Where nobody asks for the answer, it is "".
    """
    name = digest(f"{purpose}:{key or ids.new_uuid()}")
    with nullcontext() if is_writing() else transaction():
        if not insert_unless_there(SentForm, {"key": name, "answer": ""}):
            answer = db.session.scalar(select(SentForm.answer).where(SentForm.key == name))
            return answer or ""
        answer = act()
        if answer:
            db.session.execute(update(SentForm).where(SentForm.key == name).values(answer=answer))
    return answer
