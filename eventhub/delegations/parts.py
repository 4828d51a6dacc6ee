"""What delegations contribute: personal data, mails, tabs of the menu, texts to copy."""

from sqlalchemy import select

from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.delegations import permissions
from eventhub.delegations.messages import WORDED
from eventhub.delegations.models import LetterText
from eventhub.delegations.personal import PERSONAL
from eventhub.events.seams import CLONE_STEPS, IdMap, clones
from eventhub.i18n import _
from eventhub.mail.seams import MESSAGES
from eventhub.people.seams import PERSONAL_DATA
from eventhub.web.seams import NAV, NavEntry

UNDER = "registration.list_delegations"

MENU = (
    NavEntry(
        "delegations.list_invitations",
        lambda _place: _("Invitations"),
        permissions.EDIT,
        11,
        switch="letters",
        prefixes=(
            "delegations.show_invitation",
            "delegations.change_invitation",
            "delegations.show_run",
            "delegations.edit_text",
        ),
        under=UNDER,
    ),
    NavEntry(
        "delegations.list_letters",
        lambda _place: _("Official letters"),
        permissions.EDIT,
        12,
        switch="letters",
        prefixes=("registration.show_letter", "registration.send_letter"),
        under=UNDER,
    ),
    NavEntry(
        "delegations.information_note",
        lambda _place: _("Information note"),
        permissions.EDIT,
        13,
        switch="letters",
        prefixes=("delegations.edit_practical",),
        under=UNDER,
    ),
)


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    MESSAGES.update(WORDED)
    NAV.extend(entry for entry in MENU if entry not in NAV)
    if copy_texts not in CLONE_STEPS:
        CLONE_STEPS.append(copy_texts)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)


@clones("letter_text")
def copy_texts(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy the event's own texts of letters; nobody is invited by copying."""
    rows = db.session.scalars(select(LetterText).where(LetterText.event_id == from_event_id))
    for row in rows.all():
        db.session.add(LetterText(event_id=to_event_id, kind=row.kind, texts=row.texts, version=1))
    db.session.flush()
