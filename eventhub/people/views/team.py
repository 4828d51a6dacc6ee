"""Teams: who has which role at an event, at an institution, at the installation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.access.queries import find_grant
from eventhub.access.rules import OUTLIVES_EVENT, ROLES, Level
from eventhub.access.services import take_role
from eventhub.access.words import role_name, role_sentence
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.i18n import _, current
from eventhub.people import services
from eventhub.people.forms import InviteForm
from eventhub.people.queries import Member, team
from eventhub.people.seams import SCOPES
from eventhub.people.views.blueprint import bp
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once

GIVEN_ELSEWHERE = frozenset({"focal_point", "liaison_officer"})
"""Roles that pages of their own give: both are named for a delegation."""


@dataclass(frozen=True, slots=True)
class Team:
    """One place with a team, and the addresses of its pages."""

    level: Level
    url: str
    take: Callable[[str], str]
    name: str | None = None
    event_id: int | None = None
    institution_id: int | None = None

    @property
    def roles(self) -> list[str]:
        """Return the roles that are given here, in the order of the table of roles."""
        return [
            role.code
            for role in ROLES.values()
            if role.level == self.level and role.code not in GIVEN_ELSEWHERE
        ]

    @property
    def at(self) -> dict[str, int | None]:
        """Return the place as queries take it."""
        return {"event_id": self.event_id, "institution_id": self.institution_id}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list."""

    name: str
    email: str
    role: str
    part: str
    take_url: str


@bp.route("/manage/<slug>/team", methods=["GET", "POST"])
@requires("team.manage")
def show_event_team(slug: str) -> ResponseReturnValue:
    """Show the team of an event, and give roles."""
    return _show(_event_team(slug))


@bp.post("/manage/<slug>/team/<grant>/take")
@requires("team.manage")
def take_event_role(slug: str, grant: str) -> ResponseReturnValue:
    """Take a role at an event away."""
    return _take(_event_team(slug), grant)


@bp.route("/manage/institutions/<institution>/team", methods=["GET", "POST"])
@requires("team.manage")
def show_institution_team(institution: str) -> ResponseReturnValue:
    """Show the team of an institution, and give roles."""
    return _show(_institution_team(institution))


@bp.post("/manage/institutions/<institution>/team/<grant>/take")
@requires("team.manage")
def take_institution_role(institution: str, grant: str) -> ResponseReturnValue:
    """Take a role at an institution away."""
    return _take(_institution_team(institution), grant)


@bp.route("/manage/installation/team", methods=["GET", "POST"])
@requires("installation.manage")
def show_installation_team() -> ResponseReturnValue:
    """Show the site administrators, and make more."""
    return _show(_installation_team())


@bp.post("/manage/installation/team/<grant>/take")
@requires("installation.manage")
def take_installation_role(grant: str) -> ResponseReturnValue:
    """Take the role of a site administrator away."""
    return _take(_installation_team(), grant)


def _event_team(slug: str) -> Team:
    return Team(
        Level.EVENT,
        url_for("people.show_event_team", slug=slug),
        lambda ref: url_for("people.take_event_role", slug=slug, grant=ref),
        name=slug,
        event_id=current_place().event_id,
    )


def _institution_team(ref: str) -> Team:
    return Team(
        Level.INSTITUTION,
        url_for("people.show_institution_team", institution=ref),
        lambda grant: url_for("people.take_institution_role", institution=ref, grant=grant),
        name=ref,
        institution_id=current_place().institution_id,
    )


def _installation_team() -> Team:
    return Team(
        Level.INSTALLATION,
        url_for("people.show_installation_team"),
        lambda ref: url_for("people.take_installation_role", grant=ref),
    )


def _show(of: Team) -> ResponseReturnValue:
    form = InviteForm().offer(of.roles, of.event_id)
    if request.method == "GET" and len(of.roles) == 1:
        form.role.data = of.roles[0]
    if form.is_good():
        try:
            once(form.key.data or "", "team.invite", lambda: _invite(of, form))
            say(_("%(name)s has the role now and is told by e-mail.", name=form.name.data))
            return redirect(of.url)
        except DomainError as error:
            show_error(form, error)
    return render_template("people/team.html", **_context(of, form)), form.status


def _invite(of: Team, form: InviteForm) -> str:
    grant = services.invite(
        form.email.data or "",
        form.name.data,
        form.role.data,
        place=of.name,
        scope=form.parts(),
        language=current(),
        actor=current_actor(),
        **of.at,
    )
    return grant.ref


def _take(of: Team, ref: str) -> ResponseReturnValue:
    grant = find_grant(ref, **of.at)
    if grant is None or grant.role in GIVEN_ELSEWHERE:
        raise NotFound
    try:
        with transaction():
            take_role(grant, actor=current_actor())
        say(_("The role is taken away."))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(of.url)


def _context(of: Team, form: InviteForm) -> dict[str, Any]:
    options = {
        kind: dict(known.options(of.event_id)) if of.event_id is not None else {}
        for kind, known in SCOPES.items()
    }
    members = [one for one in team(**of.at) if one.grant.role not in GIVEN_ELSEWHERE]
    return {
        "form": form,
        "action": of.url,
        "lines": [_line(of, member, options) for member in members],
        "does": {role: role_sentence(role) for role in of.roles},
        "hours_after": int(OUTLIVES_EVENT.total_seconds() // 3600),
        "is_event": of.level == Level.EVENT,
    }


def _line(of: Team, member: Member, options: dict[str, dict[int, str]]) -> Line:
    names = [
        options.get(kind, {}).get(number, "?")
        for kind, numbers in member.grant.scope.items()
        for number in numbers
    ]
    return Line(
        name=member.account.label,
        email=member.account.email,
        role=role_name(member.grant.role),
        part=", ".join(names),
        take_url=of.take(member.grant.ref),
    )
