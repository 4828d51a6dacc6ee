"""Seats and leaders of one delegation: how many are used, who is head, who acts (R1.8, R1.10)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.delegations import permissions
from eventhub.delegations.queries import Sent, get_delegation
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.events.words import city_of
from eventhub.i18n import _, current
from eventhub.i18n.times import event_time
from eventhub.places import forms, words
from eventhub.places.views.blueprint import bp
from eventhub.registration import queries, services
from eventhub.registration.models import Registration
from eventhub.registration.permissions import ENTER
from eventhub.registration.queries import Setup, setup_of
from eventhub.registration.queries.heads import HEAD, LEADING
from eventhub.registration.queries.pools import pool_in_words
from eventhub.registration.rules import State
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.zones import zone_for


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the delegation, as the page lists them."""

    row: Registration
    name: str
    category: str
    state: str
    kind: str
    waits: str
    """The place on the waiting list and why, for who waits (R1.12)."""


@bp.get("/manage/<slug>/delegations/<ref>/seats")
@requires(permissions.VIEW, switch="delegations")
def show_seats(slug: str, ref: str) -> ResponseReturnValue:
    """Show the seats of a delegation, its leaders, and who can be replaced."""
    event = get_event(slug)
    sent = get_delegation(event.id, ref, current_actor().scope(permissions.VIEW))
    return _page(event, sent, forms.HeadForm(), forms.AbsenceForm())


@bp.post("/manage/<slug>/delegations/<ref>/seats/head")
@requires(permissions.VOUCH, switch="delegations")
def name_head(slug: str, ref: str) -> ResponseReturnValue:
    """Name the head; who is head already takes the role of the new one."""
    event = get_event(slug)
    sent = get_delegation(event.id, ref, current_actor().scope(permissions.VOUCH))
    form = forms.HeadForm()
    setup = setup_of(event.id)
    form.person.choices = _candidates(setup, _rows(event, sent))

    def act() -> None:
        row = queries.get_registration(
            event.id, form.person.data, current_actor().scope(permissions.VOUCH)
        )
        is_asked = services.name_head(event.id, row.id, actor=current_actor())
        if is_asked:
            say(_("The secretariat decides on this: people who are confirmed get new badges."))
        else:
            say(_("The head of delegation is named."))

    return _do(event, sent, form, act, form, forms.AbsenceForm())


@bp.post("/manage/<slug>/delegations/<ref>/seats/absence")
@requires(permissions.VOUCH, switch="delegations")
def set_absence(slug: str, ref: str) -> ResponseReturnValue:
    """Say from when on the head is away."""
    event = get_event(slug)
    sent = get_delegation(event.id, ref, current_actor().scope(permissions.VOUCH))
    form: Any = forms.AbsenceForm()

    def act() -> None:
        services.set_absence(event, sent.delegation, form.since.data, actor=current_actor())
        say(_("The highest deputy acts as head from then on."))

    return _do(event, sent, form, act, forms.HeadForm(), form)


@bp.post("/manage/<slug>/delegations/<ref>/seats/absence/end")
@requires(permissions.VOUCH, switch="delegations")
def end_absence(slug: str, ref: str) -> ResponseReturnValue:
    """Say that the head is back."""
    event = get_event(slug)
    sent = get_delegation(event.id, ref, current_actor().scope(permissions.VOUCH))
    with transaction():
        services.end_absence(event, sent.delegation, actor=current_actor())
    say(_("The head of delegation is back."))
    return redirect(url_for("places.show_seats", slug=slug, ref=ref))


def _do(
    event: Event,
    sent: Sent,
    form: Any,
    act: Callable[[], None],
    head: forms.HeadForm,
    absence: forms.AbsenceForm,
) -> ResponseReturnValue:
    if form.is_good():
        try:
            with transaction():
                act()
            return redirect(url_for("places.show_seats", slug=event.slug, ref=sent.delegation.ref))
        except DomainError as error:
            show_error(form, error)
    return _page(event, sent, head, absence)


def _rows(event: Event, sent: Sent) -> list[Registration]:
    scope = current_actor().scope(permissions.VIEW)
    return list(queries.registrations_of_entity(event.id, sent.entity.id, scope))


def _candidates(setup: Setup, rows: list[Registration]) -> dict[str, str]:
    """Return whom one may name head: people of the delegation who are not head, by ref."""
    offered = {"": _("Choose")}
    head, actor = setup.category(HEAD), current_actor()
    if head is None or not (actor.may(ENTER) or head in setup.of_focal_points()):
        return offered
    for row in rows:
        category = setup.categories[row.category_id]
        if row.state in LEADING and category.code != HEAD:
            name = queries.printed_name(row, current())
            offered[row.ref] = _("%(name)s, %(role)s", name=name, role=category.name())
    return offered


def _page(
    event: Event, sent: Sent, head: forms.HeadForm, absence: forms.AbsenceForm
) -> tuple[str, int]:
    setup, actor = setup_of(event.id), current_actor()
    rows = _rows(event, sent)
    head.person.choices = _candidates(setup, rows)
    leaders = queries.leaders_of(event.id, [sent.delegation.id])[sent.delegation.id]
    places = queries.places_in(setup) if any(r.state == State.WAITLISTED for r in rows) else {}
    until = services.replaced_until(setup)
    zone, city, own = event.zone, city_of(event), zone_for(sent.entity.iso2)
    away = leaders.absence
    page = render_template(
        "places/show_seats.html",
        event=event,
        sent=sent,
        uses=queries.seats_of_delegations(setup, [sent.entity.id])[sent.entity.id],
        sessions=queries.session_uses(setup, sent.entity.id),
        pool_name=partial(pool_in_words, setup),
        words=words,
        leaders=leaders,
        name_of=lambda row: queries.printed_name(row, current()),
        away_since=event_time(away.since_at, zone, city, reader_zone=own) if away else "",
        members=[_member(setup, row, places) for row in rows],
        head_form=head,
        absence_form=absence,
        closes=event_time(event.registration_closes_at, zone, city, reader_zone=own),
        until=event_time(until, zone, city, reader_zone=own),
        is_closed=clock.now() > event.registration_closes_at,
        is_too_late=clock.now() >= until,
        may_vouch=actor.may(permissions.VOUCH),
        may_replace=actor.may(permissions.VOUCH) and clock.now() < until,
    )
    return page, 422 if head.errors or absence.errors else 200


def _member(setup: Setup, row: Registration, places: dict[int, queries.Place]) -> Member:
    place = places.get(row.id)
    waits = ""
    if place:
        why = queries.turn_word(place.turn)
        waits = _("place %(n)s: %(why)s", n=place.number, why=why)
    return Member(
        row,
        queries.printed_name(row, current()),
        setup.categories[row.category_id].name(),
        queries.state_word(row.state),
        queries.kind_of(row.state),
        waits,
    )
