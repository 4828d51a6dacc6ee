"""The form "Move to...": when and where one or several sessions go."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import request
from wtforms import HiddenField, IntegerField, TimeField
from wtforms.validators import InputRequired, NumberRange

from eventhub.agenda.models import Session
from eventhub.agenda.services import Move, Place
from eventhub.events.forms import fold_field
from eventhub.events.models import Event, EventRoom
from eventhub.i18n import _, lazy_gettext, pgettext
from eventhub.web.fields import day_field
from eventhub.web.forms import FILL_IN, BaseForm, is_sent, select_field

AS_IT_IS = "="
MOST_MINUTES = 24 * 60


class MoveForm(BaseForm):
    """When and where; of several sessions the first starts then, the others keep their distance."""

    versions = HiddenField()
    day = day_field(lazy_gettext("Day"))
    starts = TimeField(lazy_gettext("Starts"), validators=[InputRequired(FILL_IN)])
    starts_fold = fold_field()
    minutes = IntegerField(
        lazy_gettext("Length in minutes"),
        validators=[InputRequired(FILL_IN), NumberRange(1, MOST_MINUTES)],
    )
    room = select_field(lazy_gettext("Room"), optional=True)


def move_form(
    event: Event, chosen: Sequence[Session], rooms: Sequence[EventRoom], day: str | None
) -> Any:
    """Return the form filled with where the first of these sessions stands; `day` is in sight."""
    first = first_of(chosen)
    refs = {room.id: room.ref for room in rooms}
    try:
        seen = date.fromisoformat(day or "")
    except ValueError:
        seen = event.starts_on
    same_room = len({one.room_id for one in chosen}) == 1
    form: Any = MoveForm(
        data={
            "versions": versions_of(chosen),
            "day": first.starts.date() if first.is_placed else seen,
            "starts": first.starts.time() if first.is_placed else None,
            "minutes": minutes_of(first),
            "room": refs.get(first.room_id or 0, "") if same_room else AS_IT_IS,
        }
    )
    names = {room.ref: room.names.pick() for room in rooms}
    kept = {} if len(chosen) == 1 else {AS_IT_IS: _("Each in its room")}
    form.room.choices = {**kept, "": pgettext("session", "No room"), **names}
    if len(chosen) > 1:
        del form.minutes
    return form


def moves_of(
    form: Any, chosen: Sequence[Session], rooms: Sequence[EventRoom], *, to_tray: bool
) -> list[Move]:
    """Return what the form says of each session."""
    ids: dict[str, int | None] = {room.ref: room.id for room in rooms} | {"": None}
    seen = dict(pair.split(":") for pair in (form.versions.data or "").split() if ":" in pair)
    versions = {ref: int(text) if text.isdigit() else 0 for ref, text in seen.items()}
    if to_tray:
        return [
            Move(one.ref, versions.get(one.ref, 0), Place(None, minutes_of(one))) for one in chosen
        ]
    first = first_of(chosen)
    starts = datetime.combine(form.day.data, form.starts.data.replace(second=0, microsecond=0))
    fold = int(form.starts_fold.data) if form.starts_fold.data else None
    return [
        Move(
            one.ref,
            versions.get(one.ref, 0),
            Place(
                starts + _after(first, one),
                form.minutes.data if "minutes" in form else minutes_of(one),
                one.room_id if form.room.data == AS_IT_IS else ids[form.room.data or ""],
                fold,
            ),
        )
        for one in chosen
    ]


def is_to_tray() -> bool:
    """Tell whether the form was sent by its button for the tray: then nothing else counts."""
    return is_sent() and request.form.get("act") == "tray"


def versions_of(chosen: Sequence[Session]) -> str:
    """Return the version of each session, as the form carries them."""
    return " ".join(f"{one.ref}:{one.version}" for one in chosen)


def minutes_of(session: Session) -> int:
    """Return how long the session is, in real minutes."""
    return int((session.ends_at - session.starts_at).total_seconds()) // 60


def first_of(chosen: Sequence[Session]) -> Session:
    """Return the session that starts first; one with a time before those of the tray."""
    return min(chosen, key=lambda one: (not one.is_placed, one.starts))


def _after(first: Session, other: Session) -> timedelta:
    if not (first.is_placed and other.is_placed):
        return timedelta()
    return other.starts - first.starts
