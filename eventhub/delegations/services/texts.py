"""The wording of letters, as an institution or one event of it has it."""

from collections.abc import Mapping

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.delegations.letter_text import KINDS, unknown_fields
from eventhub.delegations.models import LetterText
from eventhub.delegations.wordings import Owner, standard_of, text_row
from eventhub.i18n import Translated, _
from eventhub.institutions.models import Institution


def save_texts(
    owner: Owner, kind: str, texts: Mapping[str, str], *, version: int, actor: Actor
) -> LetterText:
    """Keep the owner's own text of a kind of letter, in the languages given.

    What equals the standard text is not kept, so that a better standard text is seen; an empty
    text goes back to it. Invalid on "text_<language>" where a field in braces is not known;
    Conflict where somebody else saved since `version` was shown (0: there was none).
    """
    if kind not in KINDS:
        raise NotFound
    for language, text in texts.items():
        check_text(kind, text, language)
    row = text_row(owner, kind)
    if (row.version if row else 0) != version:
        raise Conflict(_("Somebody else changed this meanwhile. Reload the page and try again."))
    standard, own = standard_of(owner)[kind], dict(row.texts if row else {})
    for language, text in texts.items():
        own[language] = "" if text.strip() == standard.get(language, "") else text.strip()
    if row is None:
        row = LetterText(kind=kind, texts=Translated(own), version=1)
        row.event_id = owner.event_id
        row.institution_id = owner.institution_id if owner.event_id is None else None
        db.session.add(row)
    else:
        row.texts = Translated(own)
        row.version += 1
    db.session.flush()
    _note(owner, kind, actor)
    return row


def _note(owner: Owner, kind: str, actor: Actor) -> None:
    if owner.event_id is not None:
        subject = Subject("letter_text", kind)
        record(actor, "letter_text.change", [subject], event_id=owner.event_id)
        return
    institution = db.session.get_one(Institution, owner.institution_id)
    subject = Subject("institution", institution.ref, {"kind": (None, kind)})
    record(actor, "institution.change_letter_text", [subject], event_id=None)


def check_text(kind: str, text: str, language: str) -> None:
    """Raise Invalid on "text_<language>" where a field in braces is not known for this kind."""
    if unknown := unknown_fields(kind, text):
        said = _("This field is not known: {%(name)s}", name="}, {".join(unknown))
        raise Invalid(said, f"text_{language}")
