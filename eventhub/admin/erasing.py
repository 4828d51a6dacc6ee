"""Accounts whose holders asked for their erasure, and carrying it out (R7.7)."""

from eventhub.core.actor import Actor
from eventhub.core.errors import Conflict, NotFound
from eventhub.i18n import _
from eventhub.people import personal
from eventhub.people.holding import whose_account
from eventhub.people.models import Account
from eventhub.people.queries import get_account


def asked(ref: str) -> Account:
    """Return an account whose holder asked for its erasure; else NotFound."""
    account = get_account(ref)
    if account.erasure_asked_at is None:
        raise NotFound
    return account


def erase_asked(ref: str, *, actor: Actor) -> None:
    """Erase an account whose holder asked for it.

    Conflict where it is the administrator's own: another one looks at that.
    """
    account = asked(ref)
    if account.id == actor.id:
        raise Conflict(_("Another site administrator decides on your own request."))
    personal.erase(whose_account(account), actor=actor)
