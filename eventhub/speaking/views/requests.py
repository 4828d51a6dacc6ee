"""Requests on a list: entering, changing, moving, taking off."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.forms import spoken
from eventhub.core.actor import EVERYTHING
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.delegations.queries import delegations_of
from eventhub.entities.models import RankLevel
from eventhub.entities.queries import choices as entity_choices
from eventhub.entities.queries import rank_levels
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.events.rules import InGap, wall_to_instant
from eventhub.i18n import _, current
from eventhub.protocol.queries import extras_at
from eventhub.speaking import queries, services, words
from eventhub.speaking.forms import MoveForm, ReasonForm, RequestForm, SwapForm, WishForm
from eventhub.speaking.models import SpeakerList
from eventhub.speaking.permissions import RUN, SWITCH
from eventhub.speaking.queries import Entry
from eventhub.speaking.rules import GONE, WAITING
from eventhub.speaking.services import Wish
from eventhub.speaking.showing import state_of
from eventhub.speaking.views.blueprint import bp
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import is_sent, show_error
from eventhub.web.once import once


@bp.route("/manage/<slug>/speaking/<ref>/requests/new", methods=["GET", "POST"])
@requires(RUN, switch=SWITCH)
def add_request(slug: str, ref: str) -> ResponseReturnValue:
    """Enter a request, by itself or with another one after it."""
    event = get_event(slug)
    one, session = queries.get_list(event.id, ref)
    form = _form(event, one, {"block": "3"})
    if form.is_good():
        try:
            _add(event, one, form)
            say(_("The request is on the list."))
            again = request.form.get("then") == "again"
            to = "speaking.add_request" if again else "speaking.show_list"
            return redirect(url_for(to, slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "speaking/add_request.html", event=event, listed=one, session=session, form=form
    )
    return page, form.status


@bp.route("/manage/<slug>/speaking/<ref>/requests/<request_ref>", methods=["GET", "POST"])
@requires(RUN, switch=SWITCH)
def change_request(slug: str, ref: str, request_ref: str) -> ResponseReturnValue:
    """Change a request, with the ways to move it or take it off the list."""
    event = get_event(slug)
    floor = queries.floor_of(event, *queries.get_list(event.id, ref))
    entry = floor.get(request_ref)
    row = entry.request
    form = _form(event, floor.listed, _typed(entry))
    if form.is_good():
        try:
            with transaction():
                services.change(
                    floor.listed,
                    row,
                    wish_of(form, gender=row.gender),
                    version=int(form.version.data or 0),
                    is_confirmed=True,
                    actor=current_actor(),
                )
            say(_("Saved."))
            return redirect(url_for("speaking.show_list", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "speaking/change_request.html",
        event=event,
        listed=floor.listed,
        session=floor.session,
        entry=entry,
        form=form,
        waits=row.state in WAITING,
        is_gone=row.state in GONE,
        state=state_of(floor, entry),
        words=words,
    )
    return page, form.status


@bp.route("/manage/<slug>/speaking/<ref>/requests/<request_ref>/place", methods=["GET", "POST"])
@requires(RUN, switch=SWITCH)
def move_request(slug: str, ref: str, request_ref: str) -> ResponseReturnValue:
    """Put a request at another place, with the reason; or where the rule has it again."""
    event, actor = get_event(slug), current_actor()
    floor = queries.floor_of(event, *queries.get_list(event.id, ref))
    entry = floor.get(request_ref)
    place = floor.waiting.index(entry) + 1 if entry in floor.waiting else 1
    form = MoveForm(data={"place": place})
    by_rule = request.form.get("act") == "rule"
    if (is_sent() and by_rule) or form.is_good():
        try:
            with transaction():
                if by_rule:
                    services.let_go(floor.listed, entry.request, actor=actor)
                else:
                    to, why = form.place.data or 0, form.reason.data or ""
                    services.move(floor.listed, entry.request, to, reason=why, actor=actor)
            say(_("Saved."))
            return redirect(url_for("speaking.show_list", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "speaking/move_request.html",
        event=event, listed=floor.listed, entry=entry, form=form, count=len(floor.waiting),
    )  # fmt: skip
    return page, form.status


@bp.route("/manage/<slug>/speaking/<ref>/requests/<request_ref>/swap", methods=["GET", "POST"])
@requires(RUN, switch=SWITCH)
def swap_request(slug: str, ref: str, request_ref: str) -> ResponseReturnValue:
    """Let two who wait change places, as both agreed."""
    event = get_event(slug)
    floor = queries.floor_of(event, *queries.get_list(event.id, ref))
    entry, form = floor.get(request_ref), SwapForm()
    rest = {one.ref: one.name for one in floor.waiting if one is not entry}
    form.other.choices = {"": _("Choose from the list")} | rest
    if form.is_good():
        other = floor.get(form.other.data).request
        try:
            with transaction():
                services.swap(floor.listed, entry.request, other, reason="", actor=current_actor())
            say(_("Saved."))
            return redirect(url_for("speaking.show_list", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "speaking/swap_request.html", event=event, listed=floor.listed, entry=entry, form=form
    )
    return page, form.status


@bp.post("/manage/<slug>/speaking/<ref>/requests/<request_ref>/state")
@requires(RUN, switch=SWITCH)
def set_request_state(slug: str, ref: str, request_ref: str) -> ResponseReturnValue:
    """Confirm a request, take it off the list, or put it back."""
    event, actor, form = get_event(slug), current_actor(), ReasonForm()
    floor = queries.floor_of(event, *queries.get_list(event.id, ref))
    one, row = floor.listed, floor.get(request_ref).request
    act, reason = request.form.get("act"), form.reason.data or ""
    if not form.is_good():
        raise Invalid(_("Use at most %(max)d characters.", max=250))
    with transaction():
        if act == "confirm":
            services.confirm(one, row, actor=actor)
        elif act == "back":
            services.put_back(one, row, actor=actor)
        elif act in ("withdrawn", "written"):
            services.take_off(one, row, state=act, reason=reason, actor=actor)
    say(_("Saved."))
    return redirect(url_for("speaking.show_list", slug=slug, ref=ref))


def wish_choices(form: WishForm) -> None:
    """Fill in the ranks and languages that a request may name."""
    form.rank.choices = {"": _("Choose the rank")} | {
        level.code: level.name() for level in rank_levels()
    }
    form.language.choices = {"": _("Not said")} | spoken()


def rank_of(code: str | None) -> RankLevel | None:
    """Return the level of rank with this code; None where there is none."""
    return next((level for level in rank_levels() if level.code == code), None)


def wish_of(form: RequestForm, *, gender: str = "") -> Wish:
    """Return what the secretariat's form says; the gender given where it does not ask for it."""
    return Wish(
        entity=queries.find_entity(form.entity.data or ""),
        body=form.body.data or "",
        block=int(form.block.data or 3),
        for_group=form.for_group.data or "",
        speaker=form.speaker.data or "",
        gender=(form.gender.data or "") if "gender" in form else gender,
        language=form.language.data or "",
        rank=rank_of(form.rank.data),
    )


def _add(event: Event, one: SpeakerList, form: RequestForm) -> str:
    wish, actor = wish_of(form), current_actor()
    received_at = None
    if form.received.data:
        received_at = _instant(form.received.data, event)
    return once(
        form.key.data,
        f"speaking.add_request:{one.id}",
        lambda: (
            services.inscribe(
                one,
                wish,
                actor=actor,
                received_at=received_at,
                chair=(form.chair.data or "") if "chair" in form else "",
                state="confirmed",
            ).ref
        ),
    )


def _instant(wall: datetime, event: Event) -> datetime:
    try:
        return wall_to_instant(wall, event.zone)
    except InGap:
        said = _("Clocks were put forward over this time. Write the time after it.")
        raise Invalid(said, "received") from None


def _form(event: Event, one: SpeakerList, data: dict[str, Any]) -> RequestForm:
    form = RequestForm(data=data)
    wish_choices(form)
    ours = {sent.entity.code: sent.name for sent in delegations_of(event.id, EVERYTHING, current())}
    ours |= dict(extras_at(event.id))
    groups: dict[str, Any] = {"": _("Choose from the list")}
    if ours:
        groups[_("Delegations")] = ours
    for title, rows in entity_choices(current()).items():
        groups[title] = {code: name for code, name in dict(rows).items() if code not in ours}
    form.entity.choices = groups
    if one.ordering != "balanced":
        del form.gender
    if "version" in data:
        del form.received
    if "version" in data or one.is_open:
        del form.chair
    return form


def _typed(entry: Entry) -> dict[str, Any]:
    row = entry.request
    return {
        "version": row.version,
        "entity": entry.code,
        "body": row.body,
        "block": str(row.block),
        "for_group": row.for_group,
        "speaker": row.speaker,
        "gender": row.gender,
        "language": row.language,
        "rank": entry.rank.code if entry.rank else "",
    }
