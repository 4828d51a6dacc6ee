"""The first draft: a timetable pasted, or a day pattern; shown first, then added."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.forms.drafts import (
    days_of,
    hours_of,
    pattern_form,
    timetable_form,
)
from eventhub.agenda.rules.patterns import lay_out_days
from eventhub.agenda.services.drafts import (
    Sketch,
    add_sketches,
    sketch_pattern,
    sketch_timetable,
)
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.words import KINDS, ROLES
from eventhub.core.errors import DomainError, Invalid
from eventhub.core.ids import digest
from eventhub.core.text import fold
from eventhub.events.models import Event
from eventhub.events.queries import get_event, rooms_of
from eventhub.i18n import _, ngettext, times
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse
from eventhub.web.once import once


@bp.route("/manage/<slug>/programme/paste", methods=["GET", "POST"])
@requires("agenda.edit")
def paste_timetable(slug: str) -> ResponseReturnValue:
    """Read a pasted timetable, show each row with what is wrong with it, then add the rows."""
    event = get_event(slug)
    form = timetable_form(event)
    form.new_rooms.choices = {fold(name): name for name in request.form.getlist("new_rooms")}
    sketches: list[Sketch] = []
    if form.is_good():
        sketches = sketch_timetable(event, form.text.data)
        good = [one for one in sketches if one.is_good]
        wanted = frozenset(form.new_rooms.data or ())

        def act() -> str:
            language, actor = form.language.data, current_actor()
            added = add_sketches(event, good, language=language, new_rooms=wanted, actor=actor)
            return str(len(added))

        if (answer := _added(event, form, sketches, "agenda.paste", act)) is not None:
            return answer
        unknown = {fold(one.new_room): one.new_room for one in sketches if one.new_room}
        form.new_rooms.choices = unknown
        form.new_rooms.data = [name for name in form.new_rooms.data or [] if name in unknown]
        if not sketches:
            refuse(form, Invalid(_("Nothing in this text could be read as a row."), "text"))
    page = render_template(
        "agenda/paste_timetable.html",
        event=event,
        form=form,
        rows=[_shown(one) for one in sketches],
        good=sum(one.is_good for one in sketches),
    )
    return page, form.status


@bp.route("/manage/<slug>/programme/pattern", methods=["GET", "POST"])
@requires("agenda.edit")
def lay_pattern(slug: str) -> ResponseReturnValue:
    """Spread meetings over the working hours of each day, show them, then add them."""
    event = get_event(slug)
    rooms = rooms_of(event.id)
    form = pattern_form(event, rooms)
    sketches: list[Sketch] = []
    if form.is_good():
        try:
            chosen = [room for room in rooms if room.ref in (form.rooms.data or ())]
            pieces = _pieces(form)
            breaks = bool(form.with_breaks.data)
            sketches = sketch_pattern(event, pieces, chosen, with_breaks=breaks)
            good = [one for one in sketches if one.is_good]

            def act() -> str:
                language, actor = event.languages[0], current_actor()
                return str(len(add_sketches(event, good, language=language, actor=actor)))

            if (answer := _added(event, form, sketches, "agenda.pattern", act)) is not None:
                return answer
        except DomainError as error:
            refuse(form, error)
    page = render_template(
        "agenda/lay_pattern.html",
        event=event,
        form=form,
        rows=[_shown(one) for one in sketches],
        good=sum(one.is_good for one in sketches),
    )
    return page, form.status


def _pieces(form: Any) -> Any:
    hours = hours_of(form)
    try:
        return lay_out_days(
            days_of(form),
            hours,
            meetings=form.meetings.data,
            break_minutes=form.break_minutes.data,
        )
    except ValueError:
        said = _("There is no time for so many meetings: each must last 15 minutes at least.")
        raise Invalid(said, "meetings") from None


def _added(
    event: Event, form: Any, sketches: Sequence[Sketch], purpose: str, act: Callable[[], str]
) -> ResponseReturnValue | None:
    """Add what was seen and add was pressed for; None where the page is shown (again) first."""
    stamp = _stamp(sketches)
    wanted = request.form.get("act") == "add"
    if not wanted or form.seen.data != stamp:
        if wanted and sketches:
            refuse(form, Invalid(_("This is not what you saw before. Look at it and add it then.")))
        form.seen.data = stamp
        return None
    try:
        count = int(once(form.key.data, f"{purpose}:{event.id}", act))
    except DomainError as error:
        refuse(form, error)
        return None
    say(
        ngettext(
            "One session is added to the draft.", "%(n)s sessions are added to the draft.", count
        )
    )
    first = min(one.row.day for one in sketches if one.is_good and one.row.day)
    return redirect(url_for("agenda.show", slug=event.slug, day=first.isoformat()))


def _stamp(sketches: Sequence[Sketch]) -> str:
    said = [
        (replace(one.row, number=0), one.kind, one.room.ref if one.room else one.new_room)
        for one in sketches
    ]
    return digest(repr(said))[:16]


def _shown(one: Sketch) -> dict[str, Any]:
    row = one.row
    return {
        "number": row.number,
        "day": times.day(row.day, year=False) if row.day else "",
        "starts": f"{row.starts:%H:%M}" if row.starts else "",
        "ends": f"{row.ends:%H:%M}" if row.ends else "",
        "title": row.title,
        "room": one.room.names.pick() if one.room else one.new_room,
        "kind": str(KINDS[one.kind]),
        "speakers": [f"{ROLES[role]}: {name}" for role, name, _post in one.speakers],
        "faults": one.faults,
        "doubts": one.doubts,
    }
