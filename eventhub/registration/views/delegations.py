"""All delegations at once, as the secretariat sees them; opening one, naming focal points.

The pages stand here and not beside the delegations, because they show registrations.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError
from eventhub.delegations import permissions
from eventhub.delegations import services as delegations
from eventhub.delegations.queries import LookingAfter, delegations_of, focal_points_of
from eventhub.delegations.rules import COMPLETE, PREPARATION
from eventhub.i18n import _, current, lazy_gettext, ngettext
from eventhub.protocol.belonging import codes_in_group, groups_at, members_at_event, offers_at
from eventhub.registration.forms.staff import FocalPointForm, OpenForm, OpenGroupForm
from eventhub.registration.queries import setup_of
from eventhub.registration.queries.overview import Overview, overview_of
from eventhub.registration.rules.calling import Call
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import counted_by, desk_of
from eventhub.registration.views.queue import Tab
from eventhub.registration.views.workspace import workspace_page
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once

VIEWS = {
    "all": lazy_gettext("All"),
    "call": lazy_gettext("Call"),
    "silent": lazy_gettext("No reply"),
    "regrets": lazy_gettext("Regrets"),
    "incomplete": lazy_gettext("Something is missing"),
    "to_vouch": lazy_gettext("Not vouched for"),
    "nobody": lazy_gettext("Without a focal point"),
    "complete": lazy_gettext("Complete"),
}
"""What the list may be narrowed to, by the word in its address."""


CALLS = {
    Call.STEP_DUE: lazy_gettext("the next step is due"),
    Call.SILENT: lazy_gettext("no reply"),
    Call.NO_NAMES: lazy_gettext("comes, but no names yet"),
    Call.INCOMPLETE: lazy_gettext("something is missing and the deadline is near"),
}


def stands(one: Overview) -> tuple[str, str]:
    """Return in words how far a delegation is, and the kind of its mark."""
    reply = one.sent.delegation.reply
    if one.sent.delegation.readiness == PREPARATION:
        return _("In preparation"), "note"
    if reply == "regrets":
        return _("Regrets"), "quiet"
    if one.standing == COMPLETE:
        return _("Complete"), "good"
    if one.incomplete:
        sentence = ngettext(
            "Something is missing of %(n)s person",
            "Something is missing of %(n)s people",
            one.incomplete,
        )
        return sentence, "attention"
    if one.people or reply == "names_received":
        return _("Names received"), "note"
    if reply == "attending":
        return _("Comes, names follow"), "note"
    return _("No reply"), "quiet"


@dataclass(frozen=True, slots=True)
class Line:
    """A delegation in the list: how far it is, who looks after it."""

    one: Overview
    focal_points: Sequence[LookingAfter]

    @property
    def reply(self) -> str:
        """Return how far the reply is."""
        return self.one.sent.delegation.reply

    @property
    def stands(self) -> tuple[str, str]:
        """Return where the delegation stands, and the shape in which it is shown."""
        return stands(self.one)

    @property
    def why_call(self) -> str:
        """Return why somebody should call; "" for no call."""
        return str(CALLS[self.one.call]) if self.one.call else ""

    @property
    def phones(self) -> list[tuple[str, str]]:
        """Return whom to call, the focal points first: name and number."""
        points = [(one.account.label, one.point.phone) for one in self.focal_points]
        return [(name, phone) for name, phone in (*points, *self.one.phones) if phone]

    def is_in(self, view: str) -> bool:
        """Tell whether the view of this name shows the delegation."""
        return {
            "call": self.one.call is not None,
            "silent": self.reply == "none" and not self.one.people,
            "regrets": self.reply == "regrets",
            "incomplete": bool(self.one.incomplete),
            "to_vouch": bool(self.one.to_vouch),
            "nobody": not self.focal_points,
            "complete": self.one.standing == COMPLETE,
        }.get(view, True)


@bp.route("/manage/<slug>/delegations", methods=["GET", "POST"])
@requires(permissions.VIEW, switch="delegations")
def list_delegations(slug: str) -> ResponseReturnValue:
    """List the delegations within reach; whoever may, opens another one."""
    actor = current_actor()
    setup = setup_of(current_place().event_id or 0)
    event, form = setup.event, OpenForm()
    may_edit = actor.may(permissions.EDIT)
    groups, extras = offers_at(event.id)
    form.entity.also_offer(extras)
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
    found = overview_of(setup, counted_by(actor), current())
    points = focal_points_of(event.id, [one.sent.delegation.id for one in found])
    group = request.args.get("group", "")[:40]
    members = members_at_event(event.id, group) if group else frozenset()
    lines = [
        Line(one, points[one.sent.delegation.id])
        for one in found
        if not group or one.sent.entity.id in members
    ]
    view = request.args.get("view", "all")
    page = render_template(
        "registration/list_delegations.html",
        event=event,
        lines=[line for line in lines if line.is_in(view)],
        views=_tabs(slug, lines, view, group),
        groups=[("", _("All")), *groups],
        group=group,
        view=view if view in VIEWS else "all",
        form=form,
        group_form=_group_form(groups),
        may_edit=may_edit,
        people=sum(line.one.people for line in lines),
        count=len(found),
    )
    return page, form.status


@bp.post("/manage/<slug>/delegations/group")
@requires(permissions.EDIT, switch="delegations")
def open_delegations_of_group(slug: str) -> ResponseReturnValue:
    """Open the delegations of all who belong to a group on the first day of the event."""
    event_id, actor = current_place().event_id or 0, current_actor()
    form = _group_form(groups_at(event_id))
    group = form.group.data or ""
    if form.is_good():

        def act() -> str:
            scope = actor.scope(permissions.EDIT)
            before = {one.entity.id for one in delegations_of(event_id, scope, current())}
            opened = [
                delegations.open_for(event_id, code, actor=actor)
                for code in codes_in_group(event_id, group)
            ]
            return str(sum(one.entity_id not in before for one in opened))

        count = int(once(form.key.data or "", f"registration.open_group:{event_id}", act))
        said = ngettext("%(n)s delegation was opened.", "%(n)s delegations were opened.", count)
        say(said, "good" if count else "note")
        return redirect(url_for("registration.list_delegations", slug=slug, group=group))
    say(_("Choose a group of States."), "stop")
    return redirect(url_for("registration.list_delegations", slug=slug))


def _group_form(groups: Sequence[tuple[str, str]]) -> OpenGroupForm:
    form = OpenGroupForm()
    form.group.choices = {"": _("Choose")} | dict(groups)
    return form


def _tabs(slug: str, lines: Sequence[Line], view: str, group: str) -> list[Tab]:
    """Return the views that show anything, each with how many."""
    counts = {name: sum(line.is_in(name) for line in lines) for name in VIEWS}
    return [
        Tab(
            str(VIEWS[name]),
            url_for(
                "registration.list_delegations",
                slug=slug,
                view=None if name == "all" else name,
                group=group or None,
            ),
            name == (view if view in VIEWS else "all"),
            count,
        )
        for name, count in counts.items()
        if count or name == "all"
    ]


@bp.post("/manage/<slug>/delegations/<ref>/focal-points")
@requires(permissions.EDIT, switch="delegations")
def name_focal_point(slug: str, ref: str) -> ResponseReturnValue:
    """Name somebody as focal point by the address; an account is made where there is none."""
    form = FocalPointForm()
    desk = desk_of(ref, permissions.EDIT)
    if not form.is_good():
        return workspace_page(desk, form)

    def act() -> str:
        delegations.invite_focal_point(
            desk.sent.delegation,
            email=form.email.data or "",
            name=form.name.data or "",
            slug=slug,
            actor=desk.actor,
        )
        return ref

    try:
        once(form.key.data or "", f"registration.name_focal_point:{desk.sent.delegation.id}", act)
    except DomainError as error:
        show_error(form, error)
        return workspace_page(desk, form)
    say(_("%(email)s is a focal point now and told so by mail.", email=form.email.data))
    return redirect(url_for("registration.show_delegation", slug=slug, ref=ref))
