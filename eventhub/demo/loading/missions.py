"""The embassies and missions of the demo: their addresses, and who speaks for a delegation."""

from datetime import timedelta

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.delegations.models import Delegation, FocalPoint, Invitation, OfficialLetter
from eventhub.delegations.services import claim, receive_letter
from eventhub.entities.queries import get_entity
from eventhub.events.models import Event
from eventhub.people.models import Account
from eventhub.people.services import account_for
from eventhub.rehearsals import chance
from eventhub.rehearsals.scanned import scanned_letter
from eventhub.rehearsals.services import office_of

POSTS = ("First Secretary", "Second Secretary", "Counsellor", "Attaché", "Head of Protocol")
SENT_BEFORE = timedelta(hours=3)


def phone_of(event: Event, number: int) -> str:
    """Return a telephone number of those set apart for inventions, where the missions are."""
    area = "+1 212 555" if event.preset == "side_event" else "+86 10 5550"
    return f"{area} {100 + number:04}"


def mission_of(event: Event, code: str, number: int) -> dict[str, str]:
    """Return whom to write to or call about a delegation."""
    return {
        "name": f"{office_of(event)}, protocol section",
        "function": "Mailbox of the office",
        "email": f"protocol.{code.lower()}@missions.example.org",
        "phone": phone_of(event, number),
    }


def account_of(code: str, part: str = "") -> Account:
    """Return the account of somebody who looks after delegations of an entity at all events.

    `part` tells the backup and the successor from the first one.
    """
    post = chance.pick(POSTS, code, part, "post")
    name = f"{post} ({code})"
    email = "-".join(filter(None, ("focal-point", part, code.lower()))) + "@missions.example.org"
    return account_for(email, name, language="en", actor=SYSTEM)


def claim_by_letter(
    event: Event, delegation: Delegation, invitation: Invitation, code: str
) -> OfficialLetter:
    """Let somebody claim a delegation by its code, and send the letter that says so (R1.33)."""
    account = account_of(code)
    with clock.at(clock.now() - SENT_BEFORE):
        point = claim(
            invitation,
            email=account.email,
            name=account.name,
            phone=phone_of(event, 50 + delegation.id % 50),
            language="en",
        )
        return _send(event, delegation, code, account, point)


def _send(
    event: Event, delegation: Delegation, code: str, account: Account, point: FocalPoint
) -> OfficialLetter:
    reference = f"{20 + delegation.id % 60}/{clock.now():%Y}"
    lines = (
        get_entity(code).names.pick("en"),
        f"No. {reference}",
        "",
        f"The {office_of(event)} presents its compliments to the host and has the honour to",
        f"inform it that its focal point for: {event.title('en')}",
        f"is: {account.name}, {account.email}",
        "",
        f"{clock.now():%d %B %Y}   (stamp and initials)",
    )
    return receive_letter(
        delegation,
        scanned_letter(lines),
        name=f"focal-point-{code}.pdf",
        kind="focal_point",
        reference_no=reference,
        dated_on=clock.now().date(),
        signatory=office_of(event),
        languages=["en"],
        point=point,
        actor=account.actor(),
    )
