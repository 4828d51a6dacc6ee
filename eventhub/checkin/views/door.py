"""The door: one screen on which one scan follows another. It needs no JavaScript.

What a page shows is gathered inside the transaction that answers the scan, so that an answer costs
few statements and is given after the commit.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.checkin import queries, services, words
from eventhub.checkin.models import Gate
from eventhub.checkin.permissions import SCAN, UNDO
from eventhub.checkin.rules import ENTER
from eventhub.checkin.views.blueprint import bp
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.core.ids import new_uuid
from eventhub.core.text import tidy
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.events.rules import day_begins, local
from eventhub.i18n import _
from eventhub.i18n.times import clock_time, moment
from eventhub.photos.queries import file_of, get_photo
from eventhub.registration.queries import photos_reach
from eventhub.web.access import SIGNED_IN, current_actor, requires
from eventhub.web.downloads import send_stored
from eventhub.web.for_all import kept

LAST_GATE = "door"
"""Where the session keeps the last gate worked: its event's slug and its ref."""

NEAR = timedelta(days=2)
LONGEST_TEXT = 500
MOST_FOUND = 12
SOURCES = frozenset({"scan", "camera", "search", "typed"})


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the screen shows it."""

    kind: str
    word: str
    reason: str
    card: queries.Card | None
    note: str
    told: words.Told | None
    uid: str
    """Of the scan that may be undone; "" for none."""
    supervisor: str
    """Whom a guard calls who may not let somebody in, as a link dials it; "" for nobody."""


@dataclass(frozen=True, slots=True)
class Screen:
    """All that the door's page shows."""

    slug: str
    title: str
    ref: str
    gate: str
    direction: str
    count: str
    zone: str
    """The time zone of the event."""
    passages: list[queries.Passage]
    may_undo_all: bool
    answer: Shown | None = None
    found: tuple[queries.Card, ...] | None = None
    """Who was found by name; None where nobody was looked for."""
    found_more: bool = False
    """Whether there are more than these."""
    searched: str = ""
    error: str = ""


@bp.get("/door")
@requires(SIGNED_IN)
def list_gates() -> str:
    """Show the gates at which the account may work now: events of these days, all of the demo's."""
    now = clock.now()
    posts = [
        post
        for post in queries.gates_to_work(current_user.id, now)
        if post.is_lasting or post.event.starts_at - NEAR <= now <= post.event.ends_at + NEAR
    ]
    posts.sort(key=lambda post: abs(post.event.starts_at - now))
    return render_template(
        "checkin/list_gates.html", posts=posts, gate_name=words.gate_name,
        directions=words.DIRECTIONS,
    )  # fmt: skip


@bp.get("/door/<slug>/<ref>")
@requires(SCAN, switch="doors")
def show_gate(slug: str, ref: str) -> ResponseReturnValue:
    """Show a gate, ready for the first scan."""
    event = get_event(slug)
    gate = gate_at(event, ref)
    remember(event, gate)
    error = "" if gate.is_open else _("This gate is closed.")
    return render_template("checkin/door.html", screen=screen_of(event, gate, error=error),
                           next_uid=new_uuid())  # fmt: skip


@bp.post("/door/<slug>/<ref>")
@requires(SCAN, switch="doors")
def scan(slug: str, ref: str) -> ResponseReturnValue:
    """Answer a scan, a number, or somebody chosen by name; else look for the name."""
    status = 200
    try:
        with transaction():
            screen = answer_at(get_event(slug), ref)
    except NotFound:
        raise
    except DomainError as error:
        status, event = error.status, get_event(slug)
        screen = screen_of(event, gate_at(event, ref), error=error.message)
    return render_template("checkin/door.html", screen=screen, next_uid=new_uuid()), status


@bp.post("/door/<slug>/<ref>/undo")
@requires(SCAN, switch="doors")
def undo(slug: str, ref: str) -> ResponseReturnValue:
    """Take one of the last scans back."""
    with transaction():
        event = get_event(slug)
        gate = gate_at(event, ref)
        services.undo_last(gate, request.form.get("uid", ""), actor=current_actor())
    return redirect(url_for("checkin.show_gate", slug=slug, ref=ref), 303)


@bp.get("/door/<slug>/<ref>/count")
@requires(SCAN, switch="doors")
def count(slug: str, ref: str) -> Response:
    """Answer with the headcount alone; 304 while it stays the same."""
    event = get_event(slug)
    gate_at(event, ref)
    return live(Response(count_of(event), mimetype="text/plain"))


@bp.get("/door/<slug>/<ref>/photo/<photo_ref>.jpg")
@requires(SCAN, switch="doors")
def photo(slug: str, ref: str, photo_ref: str) -> Response:
    """Answer with the portrait of a person of the event."""
    event = get_event(slug)
    gate_at(event, ref)
    found = get_photo(event.id, photo_ref)
    if not photos_reach(event.id, found.id, current_actor().scope(SCAN)):
        raise NotFound
    return send_stored(file_of(found), name="photo.jpg", inline=True)


def answer_at(event: Event, ref: str) -> Screen:
    """Answer what the form brought at a gate of the event: inside a transaction."""
    actor = current_actor()
    scope = actor.scope(SCAN)
    gate = services.hold_gate(event.id, ref, scope)
    check_kind(gate)
    remember(event, gate)
    uid, asked = request.form.get("uid", ""), request.form.get("source", "scan")
    source = asked if asked in SOURCES else "scan"
    person = request.form.get("person", "")
    if person:
        holder = queries.holder_of_ref(event.id, person, scope)
        if holder is None:
            raise NotFound
        answer = services.check_in(event, gate, holder, uid=uid, source="search", actor=actor)
        return screen_of(event, gate, answer)
    text = request.form.get("text", "")[:LONGEST_TEXT]
    given = services.scan_text(
        event, gate, text, uid=uid, source=source, scope=scope, actor=actor
    )  # fmt: skip
    if given is not None:
        return screen_of(event, gate, given)
    holders = queries.search_holders(event.id, text, scope, limit=MOST_FOUND + 1)
    return screen_of(event, gate, found=queries.cards_of(holders), searched=tidy(text))


def screen_of(
    event: Event,
    gate: Gate,
    answer: services.Answer | None = None,
    *,
    found: list[queries.Card] | None = None,
    searched: str = "",
    error: str = "",
) -> Screen:
    """Return what the page of a gate shows now."""
    return Screen(
        slug=event.slug,
        title=event.title(),
        ref=gate.ref,
        gate=words.gate_name(gate),
        direction=gate.direction,
        count=count_of(event),
        zone=event.zone,
        passages=queries.last_passages(event.id, gate.id),
        may_undo_all=current_actor().may(UNDO),
        answer=shown(event, gate, answer) if answer else None,
        found=tuple(found[:MOST_FOUND]) if found is not None else None,
        found_more=len(found or ()) > MOST_FOUND,
        searched=searched,
        error=error,
    )


def shown(event: Event, gate: Gate, answer: services.Answer) -> Shown:
    """Return an answer in words; the person is told why in their own language."""
    card = queries.card_of(answer.holder) if answer.holder else None
    told, supervisor, note = None, "", ""
    if answer.answer != ENTER:
        settings = queries.settings_of(event.id)
        language = card.language if card else event.languages[0]
        told = words.told_to_person(answer.reason, language, words.desk_of(settings))
        supervisor = words.dialled(settings.supervisor)
    if answer.reason == "replaced" and card and card.reissued_at:
        made = moment(card.reissued_at, event.zone)
        note = _("The new badge was made on %(time)s.", time=made)
    if answer.seen is not None and answer.answer == ENTER and gate.direction == "in":
        wall = local(answer.seen, event.zone)
        note = _("Came in here before, first at %(time)s.", time=clock_time(wall))
        if wall.date() != local(clock.now(), event.zone).date():
            note = ""
    note = answer.note or note
    return Shown(
        kind=words.KINDS[answer.answer],
        word=words.word(answer.answer, gate.direction),
        reason=words.reason(answer.reason),
        card=card,
        note=note,
        told=told,
        uid=answer.uid if answer.answer == ENTER else "",
        supervisor=supervisor,
    )


def count_of(event: Event) -> str:
    """Say how many are in the house since the event's midnight."""
    return words.in_the_house(queries.headcount(event.id, midnight(event)).inside)


def midnight(event: Event) -> datetime:
    """Return the instant at which the present day began at the event."""
    return day_begins(local(clock.now(), event.zone).date(), event.zone)


def gate_at(event: Event, ref: str) -> Gate:
    """Return a gate that the actor may work; NotFound for others and for lists of States."""
    gate = queries.get_gate(event.id, ref, current_actor().scope(SCAN))
    check_kind(gate)
    return gate


def check_kind(gate: Gate) -> None:
    """Refuse lists of States: no person is checked there."""
    if gate.kind == "states":
        raise NotFound


def remember(event: Event, gate: Gate) -> None:
    """Keep the gate for the camera of the phone."""
    session[LAST_GATE] = [event.slug, gate.ref]


def live(piece: Response) -> Response:
    """Answer a piece of a page that is asked for again and again; 304 while it is the same."""
    response = kept(piece)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
