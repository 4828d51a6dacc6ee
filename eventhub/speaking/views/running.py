"""The operator's page: who has the floor, the clock, the next ones, big buttons."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.actor import Actor
from eventhub.core.errors import Conflict, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.speaking import queries, services, words
from eventhub.speaking.forms import OperateForm
from eventhub.speaking.models import SpeakerList
from eventhub.speaking.permissions import RUN, SWITCH
from eventhub.speaking.queries import Floor
from eventhub.speaking.rules import EXTRA_S
from eventhub.speaking.showing import clock_of, length, phase_words, voice_of
from eventhub.speaking.views.blueprint import bp
from eventhub.speaking.views.polled import now_ms, polled
from eventhub.web.access import current_actor, requires
from eventhub.web.forms import show_error
from eventhub.web.once import once

Act = Callable[[SpeakerList, int, Actor], None]

ALONE: Mapping[str, Act] = {
    "finish": lambda one, live, actor: services.finish(one, live, actor=actor),
    "pause": lambda one, live, actor: services.pause(one, live, actor=actor),
    "resume": lambda one, live, actor: services.resume(one, live, actor=actor),
    "more": lambda one, live, actor: services.give_more(one, live, actor=actor),
    "undo": lambda one, live, actor: _undo(one, live, actor),
}
"""What is done to whoever has the floor."""
WITH_ONE: Mapping[str, Callable[[SpeakerList, int, int, Actor], None]] = {
    "speak": lambda one, id_, live, actor: services.speak(one, id_, live, actor=actor),
    "skip": lambda one, id_, live, actor: services.skip(one, id_, live, actor=actor),
}
"""What is done to the request that the button names."""


@bp.route("/manage/<slug>/speaking/<ref>/run", methods=["GET", "POST"])
@requires(RUN, switch=SWITCH)
def run_list(slug: str, ref: str) -> ResponseReturnValue:
    """Show the floor, and do what was pressed; pressed twice, it is done once."""
    event, form = get_event(slug), OperateForm()
    one, session = queries.get_list(event.id, ref)
    if form.is_good():
        try:
            _do(event, one, form)
            return redirect(url_for("speaking.run_list", slug=slug, ref=ref))
        except Conflict as error:
            show_error(form, error)
            one, session = queries.get_list(event.id, ref)
    floor = queries.floor_of(event, one, session)
    page = render_template(
        "speaking/run_list.html", **_values(floor, form), phases=phase_words(), now_ms=now_ms()
    )
    return page, 409 if form.errors else 200


@bp.get("/manage/<slug>/speaking/<ref>/run/now")
@requires(RUN, switch=SWITCH)
def run_now(slug: str, ref: str) -> Response:
    """Answer with the floor alone; 304 while it stays the same."""
    event = get_event(slug)
    one, session = queries.get_list(event.id, ref)
    return polled(
        one,
        session,
        lambda: render_template(
            "speaking/_run.html",
            **_values(queries.floor_of(event, one, session), OperateForm()),
        ),
    )


def _do(event: Event, one: SpeakerList, form: OperateForm) -> None:
    act, _colon, ref = request.form.get("act", "").partition(":")
    live, actor = _whole(form.live.data), current_actor()
    if act in ALONE:
        todo: Callable[[], None] = lambda: ALONE[act](one, live, actor)  # noqa: E731
    elif act in WITH_ONE:
        id_ = next((e.request.id for e in queries.entries_of(event.id, one.id) if e.ref == ref), 0)
        if not id_:
            raise NotFound
        todo = lambda: WITH_ONE[act](one, id_, live, actor)  # noqa: E731
    else:
        raise Conflict(_("Press one of the buttons."))

    def answer() -> str:
        todo()
        return "done"

    once(form.key.data, f"speaking.run:{one.id}:{act}:{ref}", answer)


def _undo(one: SpeakerList, live: int, actor: Actor) -> None:
    services.undo(one, live, actor=actor)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1


def _values(floor: Floor, form: OperateForm) -> dict[str, Any]:
    form.live.data = str(floor.listed.live)
    last = services.last_act(floor.listed)
    return {
        "event": floor.event,
        "floor": floor,
        "listed": floor.listed,
        "session": floor.session,
        "voice": voice_of(floor.current, floor.event, shows_names=True) if floor.current else None,
        "clock": clock_of(floor),
        "length": length,
        "extra_s": EXTRA_S,
        "last": words.ACTS.get(last),
        "words": words,
        "form": form,
    }
