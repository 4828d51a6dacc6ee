"""What every change of an event does: keep the version, tell the log, tell who listens."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from eventhub.audit.queries import entries_of
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events import rules, signals
from eventhub.events.models import Event, EventNote
from eventhub.i18n import Translated, _

SEEN_IN_CALENDARS = frozenset(
    {"titles", "starts_on", "ends_on", "zone", "city", "cities", "venue_id", "venue_names"}
    | {"online_url", "state"}
)


class Versioned(Protocol):
    """A row that two people may edit."""

    ref: Any
    version: Any


def check_version(row: Versioned, version: int | None, *, event_id: int) -> None:
    """Raise Conflict where somebody changed the row since it was read (decision 16).

    None is for callers that read and write in one transaction.
    """
    if version is None or row.version == version:
        return
    last = entries_of(event_id, subject_ref=row.ref, limit=1)
    who = last[0].who if last else _("somebody else")
    raise Conflict(
        _(
            "%(who)s changed this meanwhile. Nothing of yours is lost: compare what you typed "
            "with what is stored now, and save again to keep yours.",
            who=who,
        )
    )


def check_open(event: Event) -> None:
    """Raise Conflict where the event is archived or cancelled: nothing of it changes any more."""
    if event.state in (rules.EventState.ARCHIVED, rules.EventState.CANCELLED):
        raise Conflict(_("This event is closed. Copy it to hold it again."))


def apply(event: Event, values: Mapping[str, Any], *, action: str, actor: Actor) -> frozenset[str]:
    """Set the columns that differ, raise the version, write the log, and tell who listens.

    Returns the names of the columns that changed; none of this happens where nothing did.
    """
    before = {name: getattr(event, name) for name in values}
    changes = {n: (before[n], values[n]) for n in values if before[n] != values[n]}
    if not changes:
        return frozenset()
    for name, (_old, new) in changes.items():
        setattr(event, name, new)
    event.touched = sorted({*event.touched, *changes} - {"state", "notice"})
    event.version += 1
    event.changed_at = clock.now()
    if SEEN_IN_CALENDARS & changes.keys():
        event.calendar_sequence += 1
    db.session.flush()
    log(actor, action, event, changes)
    names = frozenset(changes)
    signals.changed.send(event, fields=names)
    return names


def change_row(
    event: Event, row: Versioned, values: Mapping[str, Any], *, kind: str, action: str, actor: Actor
) -> None:
    """Set the columns of a row of the event that differ, raise its version, write the log.

    None of this happens where nothing differs.
    """
    changes = {n: (getattr(row, n), v) for n, v in values.items() if getattr(row, n) != v}
    for name, (_old, new) in changes.items():
        setattr(row, name, new)
    if changes:
        row.version += 1
        db.session.flush()
        record(actor, action, [subject(kind, row.ref, changes)], event_id=event.id)


def log(
    actor: Actor, action: str, event: Event, changes: Mapping[str, tuple[Any, Any]] | None = None
) -> None:
    """Write one entry about the event itself."""
    record(actor, action, [subject("event", event.ref, changes or {})], event_id=event.id)


def subject(kind: str, ref: str, changes: Mapping[str, tuple[Any, Any]]) -> Subject:
    """Return what was changed, its values as JSON knows them."""
    told = {name: (plain(old), plain(new)) for name, (old, new) in changes.items()}
    return Subject(kind, ref, told)


def plain(value: Any) -> Any:
    """Return a column's value as JSON knows it."""
    if isinstance(value, Translated):
        return dict(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def note(event: Event, kind: str, text: str = "") -> None:
    """Write into the event's life what happened."""
    db.session.add(EventNote(event_id=event.id, kind=kind, text=text[:250]))
    db.session.flush()


def instant_of(
    wall: datetime, zone: str, *, fold: int | None = 0, field: str | None = None
) -> datetime:
    """Return the instant of a wall time; Invalid beside the field where clocks never show it.

    With fold None a time that clocks show twice is Invalid too, on `<field>_fold`: somebody has
    to choose.
    """
    try:
        instant = rules.wall_to_instant(wall, zone, fold or 0)
    except rules.InGap as gap:
        raise Invalid(
            _(
                "Clocks in %(zone)s go from %(before)s straight to %(after)s. Choose one of these "
                "times, or another one.",
                zone=zone,
                before=f"{gap.before:%Y-%m-%d %H:%M}",
                after=f"{gap.after:%Y-%m-%d %H:%M}",
            ),
            field,
        ) from None
    if fold is None and rules.is_ambiguous(wall, zone):
        raise Invalid(
            _(
                "Clocks in %(zone)s show this time twice on that day. Choose the first or the "
                "second time.",
                zone=zone,
            ),
            f"{field}_fold" if field else None,
        )
    return instant
