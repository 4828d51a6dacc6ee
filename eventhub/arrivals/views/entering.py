"""Entering journeys: of one or several people at once, and by the person on the private page."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.arrivals.forms import TravelForm, held, version_in
from eventhub.arrivals.permissions import ARRANGE, EDIT, SWITCH
from eventhub.arrivals.queries.travel import (
    Officer,
    Traveller,
    meeting,
    officers_of,
    own_journey,
    travellers_by_ref,
    vehicles_of,
)
from eventhub.arrivals.rules import is_kept
from eventhub.arrivals.services.travel import enter_travel
from eventhub.arrivals.views.blueprint import bp
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event, get_event_by_id
from eventhub.events.showing import languages_of, layout
from eventhub.i18n import _, current, ngettext
from eventhub.institutions.models import Institution
from eventhub.registration.queries import by_token, printed_name, registrant
from eventhub.registration.rules import ENDED, State
from eventhub.web.access import BY_LINK, current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.language import prefer, switch
from eventhub.web.once import once


@bp.route("/manage/<slug>/arrivals/people", methods=["GET", "POST"])
@requires(EDIT, switch=SWITCH)
def enter(slug: str) -> ResponseReturnValue:
    """Enter the journey of one person, or the same for several (?who=REF&who=REF)."""
    event, actor = get_event(slug), current_actor()
    refs = request.args.getlist("who")
    if not refs:
        say(_("Choose somebody first."), "attention")
        return redirect(url_for("arrivals.list_arrivals", slug=slug))
    people = travellers_by_ref(event.id, actor.scope(EDIT), refs)
    is_many = len(people) > 1
    form = _staff_form(event, people)
    status = None
    if form.is_good():

        def act() -> str:
            changed = enter_travel(
                event,
                [one.row.id for one in people],
                form.change(is_many=is_many),
                version=None if is_many else version_in(form),
                actor=actor,
            )
            return str(changed)

        try:
            count = int(once(form.key.data, f"arrivals.enter:{event.id}", act))
            say(ngettext("Saved for %(n)s person.", "Saved for %(n)s people.", count))
            return redirect(_back(event, people))
        except DomainError as error:
            show_error(form, error)
            status = error.status
    page = render_template(
        "arrivals/enter.html",
        event=event,
        form=form,
        names=[printed_name(one.row, current()) or one.row.ref for one in people],
        is_many=is_many,
        here_url=url_for("arrivals.enter", slug=slug, who=refs),
        back_url=_back(event, people),
    )
    return page, status or form.status


@bp.route("/my/<token>/travel", methods=["GET", "POST"])
@requires(BY_LINK)
def enter_own(token: str) -> ResponseReturnValue:
    """Let a person say when they come and go; show which vehicle takes them and who meets them."""
    row = by_token(token)
    event = get_event_by_id(row.event_id)
    gone = row.state in ENDED or row.state == State.DRAFT or row.mode == "remote"
    one, settings = own_journey(row)
    is_over = not is_kept(event.ends_at, settings.keep_days, clock.now())
    if SWITCH not in event.switches or gone or is_over:
        raise NotFound
    prefer(row.language)
    form = TravelForm(data=held([one], event.zone, {})).offer(event.zone)
    status = None
    if form.is_good():

        def act() -> str:
            change = form.change()
            version = version_in(form)
            enter_travel(event, [row.id], change, version=version, actor=registrant(row))
            return row.ref

        try:
            once(form.key.data, f"arrivals.enter_own:{row.id}", act)
            say(_("Saved. Whoever meets you is told."))
            return redirect(url_for("registration.show_own", token=token))
        except DomainError as error:
            show_error(form, error)
            status = error.status
    officers = officers_of(event.id, delegation_id=row.delegation_id) if row.delegation_id else {}
    page = render_template(
        "arrivals/enter_own.html",
        **_frame(event),
        form=form,
        vehicle=one.vehicle,
        officers=meeting(one, officers),
        token=token,
    )
    return page, status or form.status


def _staff_form(event: Event, people: Sequence[Traveller]) -> TravelForm:
    """Return the form as it stands; vehicle and officer only for who arranges them."""
    delegations = {one.row.delegation_id for one in people}
    officers: list[Officer] = []
    vehicles: list[tuple[str, str]] | None = None
    offered: list[tuple[str, str]] | None = None
    if current_actor().may(ARRANGE):
        vehicles = [(one.ref, one.name) for one in vehicles_of(event.id)]
        if len(delegations) == 1 and (own := delegations.pop()) is not None:
            officers = officers_of(event.id, delegation_id=own).get(own, [])
        offered = [(one.row.ref, one.account.label) for one in officers]
    given = held(people, event.zone, {one.row.id: one.row.ref for one in officers})
    return TravelForm(data=given).offer(
        event.zone,
        is_many=len(people) > 1,
        vehicles=vehicles,
        officers=offered or None,
    )


def _back(event: Event, people: Sequence[Traveller]) -> str:
    """Return the sheet that all of them stand on, else the list of days."""
    delegations = {one.row.delegation_id for one in people}
    if delegations == {None}:
        return url_for("arrivals.show_others", slug=event.slug)
    found = delegations.pop() if len(delegations) == 1 else None
    delegation = db.session.get(Delegation, found) if found else None
    if delegation is None:
        return url_for("arrivals.list_arrivals", slug=event.slug, show="all")
    return url_for("arrivals.show_sheet", slug=event.slug, ref=delegation.ref)


def _frame(event: Event) -> dict[str, Any]:
    institution = db.session.get_one(Institution, event.institution_id)
    categories = categories_of(event.id)
    return {
        **layout(event, institution.names, categories, reference=event.title()),
        "page_languages": switch(languages_of(event)),
    }
