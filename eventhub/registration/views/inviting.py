"""Inviting somebody directly, by a personal link: within a delegation, or beside them all."""

from collections.abc import Callable, Collection, Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.actor import Actor
from eventhub.core.errors import DomainError
from eventhub.entities.queries import get_entity
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of
from eventhub.i18n import _, current
from eventhub.protocol.queries import extras_at
from eventhub.registration import messages, queries, services
from eventhub.registration.forms.delegation import InviteForm
from eventhub.registration.permissions import ENTER
from eventhub.registration.services import Entry
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import desk_of
from eventhub.registration.views.queue import event_here
from eventhub.web.access import current_actor, requires
from eventhub.web.forms import show_error
from eventhub.web.once import once
from eventhub.web.urls import absolute

FIELD_OF = {"category_id": "category", "entity_id": "entity"}


@bp.route("/manage/<slug>/delegations/<ref>/invite", methods=["GET", "POST"])
@requires(ENTER, switch="delegations")
def invite_person(slug: str, ref: str) -> ResponseReturnValue:
    """Open a registration in a delegation by a personal link, mailed or passed on."""
    desk, form = desk_of(ref), InviteForm()
    del form.entity
    return _invite(
        desk.event,
        form,
        desk.categories(),
        actor=desk.actor,
        about=desk.sent.name,
        entity_of=lambda: desk.sent.entity.id,
        here_url=desk.url("registration.invite_person"),
        back=(_("Back to the delegation"), desk.url("registration.show_delegation")),
    )


@bp.route("/manage/<slug>/people/invite", methods=["GET", "POST"])
@requires(ENTER)
def invite_anybody(slug: str) -> ResponseReturnValue:
    """Open a registration by a personal link for somebody who need not belong to a delegation."""
    event, actor, form = event_here(), current_actor(), InviteForm()
    form.entity.also_offer(extras_at(event.id))
    return _invite(
        event,
        form,
        _within(actor.scope(ENTER).categories, categories_of(event.id, only_on=True)),
        actor=actor,
        about="",
        entity_of=lambda: get_entity(form.entity.data).id if form.entity.data else None,
        here_url=url_for("registration.invite_anybody", slug=slug),
        back=(_("Back"), url_for("registration.list_people", slug=slug)),
    )


def _within(reach: Collection[int] | None, categories: Sequence[Category]) -> list[Category]:
    return [one for one in categories if reach is None or one.id in reach]


def _invite(
    event: Event,
    form: InviteForm,
    offered: Sequence[Category],
    *,
    actor: Actor,
    about: str,
    entity_of: Callable[[], int | None],
    here_url: str,
    back: tuple[str, str],
) -> ResponseReturnValue:
    categories = {one.ref: one for one in offered}
    form.category.choices = {"": _("Choose")} | {ref: one.name() for ref, one in categories.items()}
    link = ""
    if form.is_good():
        given = {name: form[name].data or "" for name in ("given_names", "family_name", "email")}

        def act() -> str:
            values = {**given, "entity_id": entity_of(), "language": current()}
            entry = Entry(categories[form.category.data].id, values)
            row = services.invite_by_link(event.id, entry, actor=actor)
            messages.tell("invited", [row])
            return row.ref

        try:
            ref = once(form.key.data, f"registration.invite:{here_url}", act)
            row = queries.get_registration(event.id, ref, actor.scope(ENTER))
            link = absolute("registration.show_own", token=queries.token_of(row))
        except DomainError as error:
            error.field = FIELD_OF.get(error.field or "", error.field)
            show_error(form, error)
    return render_template(
        "registration/invite_person.html",
        event=event,
        about=about,
        form=form,
        here_url=here_url,
        back=back,
        link=link,
        mailed=bool(link and form.email.data),
    ), form.status
