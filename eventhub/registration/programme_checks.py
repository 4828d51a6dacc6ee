"""What registrations know of a programme: who is accredited, who speaks, how many come (R3.4)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, literal, or_, select

from eventhub.agenda.lint import Check, Names
from eventhub.agenda.models import Session
from eventhub.agenda.queries import Draft
from eventhub.agenda.rules import LISTED_ONLY, Finding, Plan, Planned, Severity, Use, clashes
from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.i18n import _, ngettext
from eventhub.registration.models import Pool, Registration
from eventhub.registration.queries.heads import HEAD
from eventhub.registration.queries.pools import PER_SESSION
from eventhub.registration.rules import ENDED, State

FOR_ALL_KINDS = frozenset({"opening", "ceremony", "high_level", "plenary", "keynote", "closing"})
SMALLEST_PANEL = 3
UNDISCLOSED = "undisclosed"


def find(event: Event, draft: Draft, plan: Plan) -> Iterator[Finding]:
    """Find speakers who are not accredited, panels without a woman, heads of delegation who are
    to be in two places, rooms that are too small.
    """
    known = _registrations_of_speakers(event.id, draft)
    yield from _not_accredited(plan, known)
    yield from _no_woman(plan, known)
    yield from _head_twice(plan, known)
    yield from _too_small(event, plan)


@dataclass(frozen=True, slots=True)
class Known:
    """What the registrations of one speaker say together."""

    is_accredited: bool
    gender: str
    """woman, man, another; "undisclosed" where nobody knows."""
    head: frozenset[int]
    """Ids of the registrations as head of a delegation, mostly none."""


def _registrations_of_speakers(event_id: int, draft: Draft) -> dict[str, Known]:
    """Return what is known of the speakers who registered, by ref: linked, or by address."""
    speakers = draft.speakers.values()
    emails = {speaker.email for speaker in speakers if speaker.email}
    row = Registration
    mine = or_(row.speaker_id.is_not(None), row.email.in_(emails))
    query = (
        select(row.speaker_id, row.email, row.state, row.gender, row.id, Category.code)
        .join(Category, Category.id == row.category_id)
        .where(row.event_id == event_id, row.state.not_in(ENDED), mine)
    )
    by_speaker: dict[int | str, list[tuple[str, str, int]]] = defaultdict(list)
    for speaker_id, email, state, gender, id_, code in db.session.execute(query):
        by_speaker[speaker_id or email].append((state, gender, id_ if code == HEAD else 0))
    known = {}
    for speaker in speakers:
        found = [*by_speaker.get(speaker.id, ()), *by_speaker.get(speaker.email or "", ())]
        if found:
            genders = {gender for _state, gender, _head in found} - {UNDISCLOSED}
            known[speaker.ref] = Known(
                any(state == State.ACCREDITED for state, _gender, _head in found),
                genders.pop() if len(genders) == 1 else UNDISCLOSED,
                frozenset(head for _state, _gender, head in found if head),
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


def _head_twice(plan: Plan, known: Mapping[str, Known]) -> Iterator[Finding]:
    """Find parallel sessions that need the same head of delegation: to speak, or by their list.

    One speaker in two places is told by the agenda itself.
    """
    heads = {ref: one.head for ref, one in known.items() if one.head}
    speaking = {
        session.ref: {id_: ref for ref, _role in session.speakers for id_ in heads.get(ref, ())}
        for session in plan.sessions
    }
    everybody = frozenset().union(*heads.values())
    uses = (
        Use(session.ref, str(head), session.starts_at, session.ends_at)
        for session in plan.sessions
        for head in (everybody if _is_for_heads(session) else speaking[session.ref])
    )
    pairs: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for one, other in clashes(uses):
        head = int(one.resource)
        named = [speaking[use.session].get(head) for use in (one, other)]
        if named[0] != named[1]:
            pairs[one.session, other.session][next(filter(None, named))] = None
    for refs, speakers in pairs.items():
        said = {"speakers": ",".join(speakers)}
        yield Finding("head_twice", Severity.WARNING, refs, "", said)


def _is_for_heads(session: Planned) -> bool:
    return session.access in LISTED_ONLY and session.admit == (HEAD,)


def _too_small(event: Event, plan: Plan) -> Iterator[Finding]:
    """Find rooms with fewer seats than people who come: the accredited to what is for all of
    them, or those who were given a seat in the session.
    """
    limited = [one for one in plan.sessions if plan.seats_for(one) is not None]
    if not limited:
        return
    coming, given = _people_coming(event.id)
    for session in limited:
        people = given.get(session.ref, 0)
        if session.kind in FOR_ALL_KINDS and session.ref not in given:
            people = sum(
                n for code, n in coming.items() if not session.admit or code in session.admit
            )
        seats = plan.seats_for(session) or 0
        if people > seats:
            said = {"people": str(people), "seats": str(seats)}
            yield Finding("too_small", Severity.WARNING, (session.ref,), session.room or "", said)


def _people_coming(event_id: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return the accredited by category, and the seats of limited sessions by ref.

    Both in one statement.
    """
    row = Registration
    people = (
        select(literal("category"), Category.code, func.count(row.id))
        .join(row, row.category_id == Category.id)
        .where(row.event_id == event_id, row.state == State.ACCREDITED, row.mode == "in_person")
        .group_by(Category.code)
    )
    seats = (
        select(literal("session"), Session.ref, func.max(Pool.seats))
        .join(Pool, Pool.session_id == Session.id)
        .where(Pool.event_id == event_id, Pool.scope == PER_SESSION)
        .group_by(Session.ref)
    )
    found: dict[str, dict[str, int]] = {"category": {}, "session": {}}
    for kind, key, number in db.session.execute(people.union_all(seats)):
        found[kind][key] = number
    return found["category"], found["session"]


def _say_not_accredited(finding: Finding, names: Names) -> str:
    people = [names.speakers[ref] for ref in finding.said["speakers"].split(",")]
    return _("Not accredited: %(names)s.", names=_(", ").join(people))


def _say_head_twice(finding: Finding, names: Names) -> str:
    people = [names.speakers[ref] for ref in finding.said["speakers"].split(",")]
    one, other = (names.sessions[ref] for ref in finding.sessions)
    return _(
        "Heads of delegation are expected in both %(one)s and %(other)s: %(names)s.",
        one=one,
        other=other,
        names=_(", ").join(people),
    )


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
        "head_twice": _say_head_twice,
    },
)
