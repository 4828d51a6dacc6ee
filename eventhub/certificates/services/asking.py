"""A certificate on request (R5.3), and how one would look before it is issued."""

from datetime import datetime

from eventhub.attendance.queries import policy_of, standings_of
from eventhub.certificates.models import Certificate
from eventhub.certificates.queries import design_of, versions_of
from eventhub.certificates.rules import Design
from eventhub.certificates.services.issuing import entitled, person_shown, same_on_all
from eventhub.core import clock
from eventhub.core.errors import NotFound
from eventhub.events.models import Event
from eventhub.i18n import _
from eventhub.protocol.queries import texts_at
from eventhub.registration.models import Registration
from eventhub.web.urls import absolute


def is_open(event: Event, *, now: datetime, design: Design | None = None) -> bool:
    """Tell whether people may ask for certificates: where they are on request, after the event."""
    is_on = "certificates" in event.switches and now >= event.ends_at
    return is_on and (design or design_of(event)).on_request


def may_ask(event: Event, person: Registration, *, now: datetime) -> bool:
    """Tell whether a person may have a certificate made now; none again after a withdrawal."""
    if not is_open(event, now=now) or versions_of(event.id, person.id):
        return False
    return any(one.registration.id == person.id for one in entitled(event))


def make_preview(event: Event, registration_id: int) -> bytes:
    """Return the PDF of a certificate as it would be, with "Preview" for its serial."""
    from eventhub.certificates import paper  # noqa: PLC0415  (heavy: only the worker makes PDFs)

    policy = policy_of(event)
    found = [s for s in standings_of(event, policy) if s.registration.id == registration_id]
    if not found:
        raise NotFound
    standing = found[0]
    same = same_on_all(event, design_of(event), by_hours=policy.by_hours)
    shown = person_shown(same, standing, texts_at(event.id, [standing.registration.entity_id]))
    if shown["level"] == "none":
        shown["level"] = "participation" if policy.by_hours else "attendance"
    draft = Certificate(
        serial=_("Preview"), level=shown["level"], shown=shown,
        quarter_hours=shown["quarter_hours"], issued_at=clock.now(),
    )  # fmt: skip
    return paper.make_pdf(draft, url=absolute("certificates.type_code"))
