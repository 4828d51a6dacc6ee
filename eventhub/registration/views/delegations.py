"""Delegations as the secretariat and their focal points see them.

The pages stand here and not beside the delegations, because they show registrations.
"""

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError
from eventhub.delegations import permissions
from eventhub.delegations import services as delegations
from eventhub.delegations.queries import (
    LookingAfter,
    Sent,
    delegations_of,
    focal_points_of,
    get_delegation,
)
from eventhub.entities.models import Entity
from eventhub.events.models import Category
from eventhub.events.queries import categories_of
from eventhub.i18n import _, current
from eventhub.i18n.times import event_time
from eventhub.registration import queries
from eventhub.registration.forms.staff import DecideForm, FocalPointForm, OpenForm
from eventhub.registration.models import Registration
from eventhub.registration.rules import State
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.deciding import carry
from eventhub.registration.views.queue import event_here
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once
from eventhub.web.zones import reader_zone

SHOWN = (State.ACCREDITED, State.NOMINATED, State.SUBMITTED, State.RETURNED, State.WAITLISTED)


@dataclass(frozen=True, slots=True)
class Line:
    """A delegation in the list: how many people, how far they are, who looks after them."""

    sent: Sent
    people: int
    accredited: int
    to_vouch: int
    focal_points: list[LookingAfter]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a delegation."""

    row: Registration
    name: str
    category: Category
    state: str
    kind: str
    reference: str
    missing: str


@bp.route("/manage/<slug>/delegations", methods=["GET", "POST"])
@requires(permissions.VIEW, switch="delegations")
def list_delegations(slug: str) -> ResponseReturnValue:
    """List the delegations within reach; whoever may, opens another one."""
    event, actor = event_here(), current_actor()
    scope, form = actor.scope(permissions.VIEW), OpenForm()
    may_edit = actor.may(permissions.EDIT)
    if may_edit and form.is_good():
        try:
            ref = once(
                form.key.data or "",
                f"registration.list_delegations:{event.id}",
                lambda: delegations.open_for(event.id, form.entity.data, actor=actor).ref,
            )
            return redirect(url_for("registration.show_delegation", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    found = delegations_of(event.id, scope, current())
    counts = queries.count_by_delegation(event.id, [scope])
    points = focal_points_of(event.id, [sent.delegation.id for sent in found])
    lines = []
    for sent in found:
        states = counts.get(sent.delegation.id, {})
        lines.append(
            Line(
                sent=sent,
                people=sum(states.get(state, 0) for state in SHOWN),
                accredited=states.get(State.ACCREDITED, 0),
                to_vouch=states.get(State.SUBMITTED, 0),
                focal_points=points[sent.delegation.id],
            )
        )
    return render_template(
        "registration/list_delegations.html",
        event=event,
        lines=lines,
        form=form,
        may_edit=may_edit,
        people=sum(line.people for line in lines),
    ), form.status


@bp.get("/manage/<slug>/delegations/<ref>")
@requires(permissions.VIEW, switch="delegations")
def show_delegation(slug: str, ref: str) -> ResponseReturnValue:
    """Show the people of a delegation, with what is missing and what may be done."""
    return _show(slug, ref, FocalPointForm()), 200


@bp.post("/manage/<slug>/delegations/<ref>/decide")
@requires(permissions.VOUCH, switch="delegations")
def decide_in_delegation(slug: str, ref: str) -> ResponseReturnValue:
    """Vouch for people of the delegation, return, reject or withdraw them."""
    event, scope = event_here(), current_actor().scope(permissions.VOUCH)
    get_delegation(event.id, ref, scope)
    return carry(slug, scope, url_for("registration.show_delegation", slug=slug, ref=ref))


@bp.post("/manage/<slug>/delegations/<ref>/focal-points")
@requires(permissions.EDIT, switch="delegations")
def name_focal_point(slug: str, ref: str) -> ResponseReturnValue:
    """Name somebody as focal point by the address; an account is made where there is none."""
    event, actor, form = event_here(), current_actor(), FocalPointForm()
    sent = get_delegation(event.id, ref, actor.scope(permissions.EDIT))
    if not form.is_good():
        return _show(slug, ref, form), form.status

    def act() -> str:
        delegations.invite_focal_point(
            sent.delegation,
            email=form.email.data or "",
            name=form.name.data or "",
            language=current(),
            slug=slug,
            actor=actor,
        )
        return ref

    try:
        once(form.key.data or "", f"registration.name_focal_point:{sent.delegation.id}", act)
    except DomainError as error:
        show_error(form, error)
        return _show(slug, ref, form), form.status
    say(_("%(email)s is a focal point now and told so by mail.", email=form.email.data))
    return redirect(url_for("registration.show_delegation", slug=slug, ref=ref))


def _show(slug: str, ref: str, form: FocalPointForm) -> str:
    event, actor = event_here(), current_actor()
    scope = actor.scope(permissions.VIEW)
    sent = get_delegation(event.id, ref, scope)
    categories = {one.id: one for one in categories_of(event.id)}
    rows = queries.registrations_of_entity(event.id, sent.entity.id, scope)
    return render_template(
        "registration/show_delegation.html",
        event=event,
        sent=sent,
        members=[_member(row, categories, sent.entity) for row in rows],
        to_vouch=sum(row.state == State.SUBMITTED for row in rows),
        accredited=sum(row.state == State.ACCREDITED for row in rows),
        missing_photos=sum(_lacks_photo(row, categories) for row in rows),
        focal_points=focal_points_of(event.id, [sent.delegation.id])[sent.delegation.id],
        closes=event_time(
            event.registration_closes_at, event.zone, event.city, reader_zone=reader_zone()
        ),
        form=form,
        decide_form=DecideForm(),
        may_vouch=actor.may(permissions.VOUCH),
        may_edit=actor.may(permissions.EDIT),
    )


def _member(row: Registration, categories: dict[int, Category], entity: Entity) -> Member:
    return Member(
        row=row,
        name=queries.printed_name(row, current()),
        category=categories[row.category_id],
        state=queries.state_word(row.state),
        kind=queries.kind_of(row.state),
        reference=queries.reference(row, entity.code),
        missing=_("Photo missing") if _lacks_photo(row, categories) else "",
    )


def _lacks_photo(row: Registration, categories: dict[int, Category]) -> bool:
    waived = categories[row.category_id].photo_waived
    return row.photo_id is None and not waived and row.state in SHOWN
