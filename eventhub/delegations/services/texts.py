"""The wording of letters, as an event has it."""

from collections.abc import Mapping

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.delegations.letter_text import KINDS, default_texts, unknown_fields
from eventhub.delegations.models import LetterText
from eventhub.events.models import Event
from eventhub.i18n import Translated, _


def text_row(event_id: int, kind: str) -> LetterText | None:
    """Return the event's own text of a kind, None where it has none."""
    query = select(LetterText).where(LetterText.event_id == event_id, LetterText.kind == kind)
    return db.session.scalar(query)


def save_texts(
    event: Event, kind: str, texts: Mapping[str, str], *, version: int, actor: Actor
) -> LetterText:
    """Keep the event's own text of a kind of letter; what equals ours is not kept.

    Invalid on "text_<language>" where a field in braces is not known; Conflict where somebody
    else saved since `version` was shown (0: there was none).
    """
    if kind not in KINDS:
        raise NotFound
    for language, text in texts.items():
        if unknown := unknown_fields(text):
            said = _("This field is not known: {%(name)s}", name="}, {".join(unknown))
            raise Invalid(said, f"text_{language}")
    row = text_row(event.id, kind)
    if (row.version if row else 0) != version:
        raise Conflict(_("Somebody else changed this meanwhile. Reload the page and try again."))
    ours = default_texts()[kind]
    own = {code: text for code, text in texts.items() if text.strip() != ours.get(code, "")}
    if row is None:
        row = LetterText(event_id=event.id, kind=kind, texts=Translated(own), version=1)
        db.session.add(row)
    else:
        row.texts = Translated(own)
        row.version += 1
    db.session.flush()
    record(actor, "letter_text.change", [Subject("letter_text", kind)], event_id=event.id)
    return row
