"""What a focal point does: ask for the floor, say who will speak, withdraw (R3.7)."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Session
from eventhub.core.actor import Actor
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations.queries import Sent, get_delegation
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.speaking import queries, services, words
from eventhub.speaking.forms import OwnWishForm, WishForm
from eventhub.speaking.models import SpeakerList
from eventhub.speaking.permissions import INSCRIBE, SWITCH
from eventhub.speaking.queries import Own
from eventhub.speaking.rules import WAITING
from eventhub.speaking.services import Wish
from eventhub.speaking.showing import length
from eventhub.speaking.views.blueprint import bp
from eventhub.speaking.views.requests import rank_of, wish_choices
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once

Lists = dict[str, tuple[SpeakerList, Session]]


@bp.route("/manage/<slug>/delegations/<ref>/speaking", methods=["GET", "POST"])
@requires(INSCRIBE, switch=SWITCH)
def show_own(slug: str, ref: str) -> ResponseReturnValue:
    """Show what the delegation asked for, and ask for the floor in a session whose list is open."""
    event, sent = _delegation(slug, ref)
    lists, form = own_form(event)
    if form.is_good() and ask(lists, form, sent.entity, current_actor()):
        return redirect(url_for("speaking.show_own", slug=slug, ref=ref))
    page = render_template(
        "speaking/show_own.html",
        event=event,
        sent=sent,
        own=queries.own_requests(event.id, sent.entity.id),
        has_lists=bool(lists),
        waiting=WAITING,
        form=form,
        words=words,
        length=length,
    )
    return page, form.status


@bp.route("/manage/<slug>/delegations/<ref>/speaking/<request_ref>", methods=["GET", "POST"])
@requires(INSCRIBE, switch=SWITCH)
def change_own(slug: str, ref: str, request_ref: str) -> ResponseReturnValue:
    """Say who will speak instead, or at which rank: another rank is confirmed first (R3.10)."""
    event, sent = _delegation(slug, ref)
    own = own_of(event, sent.entity.id, request_ref)
    row = own.request
    form = WishForm(
        data={
            "version": row.version,
            "speaker": row.speaker,
            "rank": own.rank.code if own.rank else "",
            "for_group": row.for_group,
            "language": row.language,
        }
    )
    wish_choices(form)
    if form.is_good():
        try:
            with transaction():
                services.change(
                    own.listed,
                    row,
                    _wish(form, sent.entity, gender=row.gender),
                    version=int(form.version.data or 0),
                    is_confirmed=False,
                    actor=current_actor(),
                )
            say(_("Saved."))
            return redirect(url_for("speaking.show_own", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "speaking/change_own.html", event=event, sent=sent, own=own, form=form, words=words
    )
    return page, form.status


@bp.post("/manage/<slug>/delegations/<ref>/speaking/<request_ref>/withdraw")
@requires(INSCRIBE, switch=SWITCH)
def withdraw_own(slug: str, ref: str, request_ref: str) -> ResponseReturnValue:
    """Take the delegation's request off the list."""
    event, sent = _delegation(slug, ref)
    own = own_of(event, sent.entity.id, request_ref)
    with transaction():
        services.take_off(
            own.listed,
            own.request,
            state="withdrawn",
            reason=request.form.get("reason", "")[:250],
            actor=current_actor(),
        )
    say(_("The request is withdrawn."))
    return redirect(url_for("speaking.show_own", slug=slug, ref=ref))


def own_form(event: Event) -> tuple[Lists, OwnWishForm]:
    """Return the lists that take requests, by ref, and the form that asks for one of them."""
    lists = {one.ref: (one, session) for one, session in queries.open_lists(event.id)}
    form = OwnWishForm()
    wish_choices(form)
    form.session.choices = {"": _("Choose from the list")} | {
        key: session.title() for key, (_one, session) in lists.items()
    }
    return lists, form


def ask(lists: Lists, form: OwnWishForm, entity: Entity, actor: Actor) -> bool:
    """Put what the form asks for on its list; tell whether it stands there."""
    one, _session = lists[form.session.data]
    wish = _wish(form, entity)
    try:
        once(
            form.key.data,
            f"speaking.own:{one.id}:{entity.id}",
            lambda: services.inscribe(one, wish, actor=actor).ref,
        )
    except DomainError as error:
        field = "session" if error.field == "entity" else error.field
        show_error(form, type(error)(error.message, field))
        return False
    say(_("The request is on the list. The secretariat confirms it."))
    return True


def own_of(event: Event, entity_id: int, request_ref: str) -> Own:
    """Return a request of the entity by its ref; else NotFound."""
    for own in queries.own_requests(event.id, entity_id):
        if own.request.ref == request_ref:
            return own
    raise NotFound


def _delegation(slug: str, ref: str) -> tuple[Event, Sent]:
    event = get_event(slug)
    return event, get_delegation(event.id, ref, current_actor().scope(INSCRIBE))


def _wish(form: WishForm, entity: Entity, *, gender: str = "") -> Wish:
    return Wish(
        entity=entity,
        for_group=form.for_group.data or "",
        speaker=form.speaker.data or "",
        gender=gender,
        language=form.language.data or "",
        rank=rank_of(form.rank.data),
    )
