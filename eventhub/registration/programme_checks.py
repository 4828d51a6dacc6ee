"""What registrations know of a programme: who is accredited, who speaks, how many come (R3.4)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from eventhub.agenda.lint import Check, Names
from eventhub.agenda.queries import Draft
from eventhub.agenda.rules import Finding, Plan, Severity
from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.i18n import _, ngettext
from eventhub.registration.models import Registration
from eventhub.registration.rules import ENDED, State

FOR_ALL_KINDS = frozenset({"opening", "ceremony", "high_level", "plenary", "keynote", "closing"})
SMALLEST_PANEL = 3
UNDISCLOSED = "undisclosed"


def find(event: Event, draft: Draft, plan: Plan) -> Iterator[Finding]:
    """Find speakers who are not accredited, panels without a woman, rooms that are too small."""
    known = _registrations_of_speakers(event.id, draft)
    yield from _not_accredited(plan, known)
    yield from _no_woman(plan, known)
    yield from _too_small(event, plan)


@dataclass(frozen=True, slots=True)
class Known:
    """What the registrations of one speaker say together."""

    is_accredited: bool
    gender: str
    """woman, man, another; "undisclosed" where nobody knows."""


def _registrations_of_speakers(event_id: int, draft: Draft) -> dict[str, Known]:
    """Return what is known of the speakers who registered, by ref: linked, or by address."""
    speakers = draft.speakers.values()
    emails = {speaker.email for speaker in speakers if speaker.email}
    row = Registration
    mine = or_(row.speaker_id.is_not(None), row.email.in_(emails))
    query = select(row.speaker_id, row.email, row.state, row.gender)
    by_speaker: dict[int | str, list[tuple[str, str]]] = defaultdict(list)
    for speaker_id, email, state, gender in db.session.execute(
        query.where(row.event_id == event_id, row.state.not_in(ENDED), mine)
    ):
        by_speaker[speaker_id or email].append((state, gender))
    known = {}
    for speaker in speakers:
        found = [*by_speaker.get(speaker.id, ()), *by_speaker.get(speaker.email or "", ())]
        if found:
            genders = {gender for _state, gender in found} - {UNDISCLOSED}
            known[speaker.ref] = Known(
                any(state == State.ACCREDITED for state, _gender in found),
                genders.pop() if len(genders) == 1 else UNDISCLOSED,
            )
    return known


def _not_accredited(plan: Plan, known: Mapping[str, Known]) -> Iterator[Finding]:
    for session in plan.sessions:
        people = dict.fromkeys(ref for ref, _role in session.speakers)
        missing = [ref for ref in people if ref not in known or not known[ref].is_accredited]
        if missing:
            said = {"speakers": ",".join(missing)}
            yield Finding("not_accredited", Severity.WARNING, (session.ref,), "", said)


def _no_woman(plan: Plan, known: Mapping[str, Known]) -> Iterator[Finding]:
    for session in plan.sessions:
        people = {ref for ref, _role in session.speakers}
        genders = [known[ref].gender for ref in people if ref in known]
        is_told = len(genders) == len(people) and UNDISCLOSED not in genders
        is_panel = session.kind == "panel" and len(people) >= SMALLEST_PANEL
        if is_panel and is_told and "woman" not in genders:
            yield Finding("no_woman", Severity.ADVICE, (session.ref,))


def _too_small(event: Event, plan: Plan) -> Iterator[Finding]:
    """Find rooms with fewer seats than accredited people, of sessions that are for all of them."""
    for_all = [one for one in plan.sessions if one.kind in FOR_ALL_KINDS and one.room in plan.seats]
    if not for_all:
        return
    query = (
        select(Category.code, func.count(Registration.id).label("people"))
        .join(Registration, Registration.category_id == Category.id)
        .where(Registration.event_id == event.id, Registration.state == State.ACCREDITED)
        .where(Registration.mode == "in_person")
        .group_by(Category.code)
    )
    coming = {row.code: row.people for row in db.session.execute(query)}
    for session in for_all:
        people = sum(n for code, n in coming.items() if not session.admit or code in session.admit)
        seats = plan.seats[session.room or ""]
        if people > seats:
            said = {"people": str(people), "seats": str(seats)}
            yield Finding("too_small", Severity.WARNING, (session.ref,), session.room or "", said)


def _say_not_accredited(finding: Finding, names: Names) -> str:
    people = [names.speakers[ref] for ref in finding.said["speakers"].split(",")]
    return _("Not accredited: %(names)s.", names=_(", ").join(people))


def _say_too_small(finding: Finding, names: Names) -> str:
    return ngettext(
        "%(room)s has one seat for %(people)s people.",
        "%(room)s has %(n)s seats for %(people)s people.",
        int(finding.said["seats"]),
        room=names.rooms[finding.about],
        people=finding.said["people"],
    )


CHECK = Check(
    find,
    {
        "not_accredited": _say_not_accredited,
        "no_woman": lambda _finding, _names: _("No woman speaks in this panel."),
        "too_small": _say_too_small,
    },
)
