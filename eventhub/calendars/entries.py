"""Events and published sessions as entries of a calendar (R3.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from eventhub.agenda.rules import QUIET_KINDS, FrozenSession, Programme
from eventhub.agenda.showing import seen
from eventhub.agenda.words import ROLES, language_names
from eventhub.events.models import Event
from eventhub.events.rules import EventState
from eventhub.events.words import where_of
from eventhub.i18n import Translated, _
from eventhub.ics.writer import Entry, Mailbox, Status
from eventhub.web.urls import absolute


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom entries are made: the language, reminders, whether the person has left."""

    language: str
    has_left: bool = False
    """Whether the person no longer takes part."""
    turns: int = 0
    """How often the person left and came back: each is a later state of every entry."""
    alarms_minutes: tuple[int, ...] = ()


def event_entry(
    event: Event, programme: Programme | None, reader: Reader, *, host: Translated | None = None
) -> Entry:
    """Return the event as one entry: from its first session to its last, else its whole days.

    Breaks and logistics, such as collecting badges the evening before, do not count. Days are
    written as times of the event's zone, from midnight to midnight, since a bare date would
    float. With a host the entry names who holds it.
    """
    standing = [s for s in seen(programme) if s.status != "cancelled"] if programme else []
    sessions = [session for session in standing if session.kind not in QUIET_KINDS]
    published = programme.published_at if programme else event.changed_at
    return Entry(
        uid=str(uuid5(NAMESPACE_URL, f"eventhub:event:{event.ref}")),
        sequence=event.calendar_sequence
        + (programme.number + 1 if programme else 0)
        + reader.turns,
        status=_status(event, "confirmed", reader),
        starts_at=min((s.starts_at for s in sessions), default=event.starts_at),
        ends_at=max((s.ends_at for s in sessions), default=event.ends_at),
        zone=event.zone,
        summary=_pick(event, event.titles),
        description=_joined(_notice(event), _pick(event, event.summary)),
        location=where_of(event),
        url=absolute("events.show", lang=reader.language, slug=event.slug),
        organizer=Mailbox(_pick(event, host), event.contact_email) if host else None,
        created_at=event.created_at,
        changed_at=max(event.changed_at, published),
        language=reader.language,
        transparency="OPAQUE" if sessions else "TRANSPARENT",
    )


def session_entry(
    event: Event,
    programme: Programme,
    session: FrozenSession,
    reader: Reader,
    *,
    is_full: bool,
    join: str = "",
) -> Entry:
    """Return a session as an entry; without `is_full` only what everybody may know of it.

    join is the address by which this reader alone joins it from afar.
    """
    untold = session.is_untold and not is_full
    track = programme.tracks[session.track]["titles"] if session.track and not untold else {}
    return Entry(
        uid=session.uid,
        sequence=session.sequence + event.calendar_sequence + reader.turns,
        status=_status(event, session.status, reader),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        zone=session.zone,
        summary=_("Closed meeting") if untold else _pick(event, session.titles),
        description=_joined(
            _notice(event), *_about(event, programme, session, is_full), _join(join)
        ),
        location=_place(event, programme, session),
        url=absolute(
            "agenda.public_session", lang=reader.language, slug=event.slug, ref=session.ref
        )
        if session.access != "private"
        else "",
        online_url=join or None,
        created_at=event.created_at,
        changed_at=_changed_at(event, programme, session),
        categories=(text,) if (text := _pick(event, track)) else (),
        language=reader.language,
        transparency="TRANSPARENT" if session.kind in QUIET_KINDS else "OPAQUE",
        access="PUBLIC" if session.access not in ("closed", "private") else "PRIVATE",
        alarms_minutes=() if session.kind in QUIET_KINDS else reader.alarms_minutes,
    )


def _join(address: str) -> str:
    """Return the address in words too: many calendars show no other."""
    return _("Join the meeting: %(address)s", address=address) if address else ""


def _status(event: Event, status: str, reader: Reader) -> Status:
    if reader.has_left or "cancelled" in (status, event.state):
        return "CANCELLED"
    if status == "tentative" or event.state == EventState.POSTPONED:
        return "TENTATIVE"
    return "CONFIRMED"


def _changed_at(event: Event, programme: Programme, session: FrozenSession) -> datetime:
    """Return when the session last changed; a change of the event changes all its sessions."""
    own = session.changed_at or programme.published_at
    return max(own, event.changed_at) if event.calendar_sequence else own


def _about(event: Event, programme: Programme, session: FrozenSession, is_full: bool) -> list[str]:
    lines = [_pick(event, session.descriptions)] if is_full else []
    for role in dict.fromkeys(role for _ref, role in session.speakers if is_full):
        names = [
            programme.speakers[r]["name"] for r, as_role in session.speakers if as_role == role
        ]
        lines.append(_("%(role)s: %(names)s", role=ROLES[role], names=", ".join(names)))
    lines += spoken_lines(session)
    lines.append(_pick(event, event.titles))
    return lines


def spoken_lines(session: FrozenSession) -> list[str]:
    """Return what is spoken on the floor and interpreted, a line each where anything is known."""
    lines = []
    if session.floor_languages:
        spoken = language_names(session.floor_languages)
        lines.append(_("Floor: %(languages)s", languages=spoken))
    if session.interpretation:
        spoken = language_names(session.interpretation)
        lines.append(_("Interpretation: %(languages)s", languages=spoken))
    return lines


def _place(event: Event, programme: Programme, session: FrozenSession) -> str:
    names = programme.rooms[session.room]["names"] if session.room else session.place_note
    room, where = _pick(event, names), where_of(event)
    return _("%(room)s, %(where)s", room=room, where=where) if room else where


def _notice(event: Event) -> str:
    if event.state not in (EventState.CANCELLED, EventState.POSTPONED):
        return ""
    said = _pick(event, event.notice)
    if event.state == EventState.CANCELLED:
        return said or _("The event is cancelled.")
    return said or _("The event is postponed. New days will be named on its page.")


def _pick(event: Event, texts: Mapping[str, str]) -> str:
    return Translated(texts).pick(None, event.languages)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
