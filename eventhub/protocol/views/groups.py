"""Groups of States: made, filled by pasting names, with the days of each membership."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.access.queries import all_grants_of
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.entities import grouping
from eventhub.entities.models import EntityGroup
from eventhub.entities.queries import entities_in_order, find_by_names
from eventhub.entities.recognizing import recognize
from eventhub.i18n import LANGUAGES, Translated, _, current, lazy_gettext, ngettext
from eventhub.i18n.times import day
from eventhub.institutions.models import Institution
from eventhub.institutions.queries import all_institutions, get_institution, institutions_of
from eventhub.protocol import forms
from eventhub.protocol.permissions import EDIT_GROUPS, EDIT_SHARED_GROUPS
from eventhub.protocol.views.blueprint import bp
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import in_languages, line_in, refuse, said_in, shown_in
from eventhub.web.once import once

NAMES = ("en", *(code for code in LANGUAGES if code != "en"))


@bp.get("/manage/institutions/groups")
@requires(EDIT_GROUPS)
def list_groups() -> ResponseReturnValue:
    """List the groups of all institutions that the reader looks after, and those of everybody."""
    shares = current_actor().may(EDIT_SHARED_GROUPS)
    owners = all_institutions() if shares else institutions_of(all_grants_of(current_user.id))
    groups = grouping.groups_for([owner.id for owner in owners])
    sections: list[tuple[Institution | None, list[EntityGroup]]] = [
        (owner, [one for one in groups if one.institution_id == (owner.id if owner else None)])
        for owner in (None, *owners)
    ]
    return render_template("protocol/list_groups.html", sections=sections, shares=shares, link=_url)


def edit_group_new(institution: str | None = None) -> ResponseReturnValue:
    """Make a group."""
    owner = _owner(institution)
    form = _name_form(Translated())
    if form.is_good():

        def act() -> str:
            return grouping.make_group(
                said_in(form, "name", Translated()),
                institution_id=owner.id if owner else None,
                actor=current_actor(),
            ).code

        try:
            code = once(form.key.data, f"group.make:{owner.ref if owner else ''}", act)
            return redirect(_url("", owner, code=code))
        except DomainError as error:
            refuse(form, error, NAMES)
    return render_template(
        "protocol/edit_group_name.html",
        form=form,
        names=[(form[f"name_{code}"], code) for code in NAMES],
        action=_url("_new", owner),
        back_url=url_for("protocol.list_groups"),
        heading=_("New group of States"),
    ), form.status


def edit_group(code: str, institution: str | None = None) -> ResponseReturnValue:
    """Show who belongs to a group and when; names to be pasted are recognized before they count."""
    owner, group = _group(code, institution)
    form: Any = forms.MembersForm()
    if form.is_good():
        if not (form.since.data and form.until.data and form.until.data <= form.since.data):
            return render_template(
                "protocol/edit_group_check.html",
                group=group,
                lines=recognize(form.names.data),
                there={one.entity_id for one in grouping.members_in(group.id)},
                form=form,
                action=_url("_apply", owner, code=code),
                back_url=_url("", owner, code=code),
            )
        form.until.errors = [_("The last day lies before the first.")]
    return render_template(
        "protocol/edit_group.html",
        owner=owner,
        group=group,
        members=_members(group, owner),
        form=form,
        link=_url,
    ), form.status


def edit_group_apply(code: str, institution: str | None = None) -> ResponseReturnValue:
    """Add those whom the recognized names mean."""
    owner, group = _group(code, institution)
    form: Any = forms.MemberForm()
    found = find_by_names(request.form.getlist("member"))
    if form.is_good():

        def act() -> str:
            count = grouping.add_members(
                group,
                [entity.id for entity in found.values()],
                since=form.since.data,
                until=form.until.data,
                actor=current_actor(),
            )
            return str(count)

        try:
            count = int(once(form.key.data, f"group.add_members:{group.code}", act))
            said = ngettext("%(n)s member was added.", "%(n)s members were added.", count)
            say(said, "good" if count else "note")
        except DomainError as error:
            say(error.message, "stop")
    return redirect(_url("", owner, code=code))


def edit_group_name(code: str, institution: str | None = None) -> ResponseReturnValue:
    """Give a group other names."""
    owner, group = _group(code, institution)
    form = _name_form(group.names)
    if form.is_good():
        try:
            with transaction():
                names = said_in(form, "name", Translated())
                grouping.rename_group(group, names, actor=current_actor())
            return redirect(_url("", owner, code=code))
        except DomainError as error:
            refuse(form, error, NAMES)
    return render_template(
        "protocol/edit_group_name.html",
        form=form,
        names=[(form[f"name_{code}"], code) for code in NAMES],
        action=_url("_name", owner, code=code),
        back_url=_url("", owner, code=code),
        heading=group.name(),
    ), form.status


def edit_group_remove(code: str, institution: str | None = None) -> ResponseReturnValue:
    """Remove a group."""
    _owner_of, group = _group(code, institution)
    name = group.name()
    _try(lambda: grouping.remove_group(group, actor=current_actor()))
    say(_("The group %(name)s is removed.", name=name))
    return redirect(url_for("protocol.list_groups"))


def edit_group_member(
    code: str, number: int, institution: str | None = None
) -> ResponseReturnValue:
    """Change the days of one membership."""
    owner, group = _group(code, institution)
    member = grouping.get_member(group.id, number)
    form: Any = forms.MemberForm(data={"since": member.since, "until": member.until})
    if form.is_good():
        try:
            with transaction():
                grouping.change_member(
                    group,
                    number,
                    since=form.since.data,
                    until=form.until.data,
                    actor=current_actor(),
                )
            say(_("Saved."))
            return redirect(_url("", owner, code=code))
        except DomainError as error:
            refuse(form, error)
    return render_template(
        "protocol/edit_group_member.html",
        group=group,
        name=member.entity.name(),
        form=form,
        action=_url("_member", owner, code=code, number=number),
        remove_url=_url("_member_remove", owner, code=code, number=number),
        back_url=_url("", owner, code=code),
    ), form.status


def edit_group_member_remove(
    code: str, number: int, institution: str | None = None
) -> ResponseReturnValue:
    """Remove one membership."""
    owner, group = _group(code, institution)
    _try(lambda: grouping.remove_member(group, number, actor=current_actor()))
    return redirect(_url("", owner, code=code))


PAGES: tuple[tuple[str, str, Callable[..., ResponseReturnValue], tuple[str, ...]], ...] = (
    ("_new", "/new", edit_group_new, ("GET", "POST")),
    ("", "/<code>", edit_group, ("GET", "POST")),
    ("_apply", "/<code>/members", edit_group_apply, ("POST",)),
    ("_name", "/<code>/name", edit_group_name, ("GET", "POST")),
    ("_remove", "/<code>/remove", edit_group_remove, ("POST",)),
    ("_member", "/<code>/members/<int:number>", edit_group_member, ("GET", "POST")),
    (
        "_member_remove",
        "/<code>/members/<int:number>/remove",
        edit_group_member_remove,
        ("POST",),
    ),
)
"""Endpoint's end, path, view, methods: once for an institution, once for all of them."""


def _register() -> None:
    for end, path, view, methods in PAGES:
        own, shared = _as_is(view), _as_is(view)
        here = f"/manage/institutions/<institution>/groups{path}"
        bp.add_url_rule(here, f"edit_group{end}", requires(EDIT_GROUPS)(own), methods=methods)
        there = f"/manage/installation/groups{path}"
        guarded = requires(EDIT_SHARED_GROUPS)(shared)
        bp.add_url_rule(there, f"shared_group{end}", guarded, methods=methods)


def _as_is(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Return the view as a function of its own, to carry an access rule of its own."""

    def answer(**given: Any) -> ResponseReturnValue:
        return view(**given)

    return answer


_register()


def _url(end: str, owner: Institution | None, **given: Any) -> str:
    if owner is None:
        return url_for(f"protocol.shared_group{end}", **given)
    return url_for(f"protocol.edit_group{end}", institution=owner.ref, **given)


def _owner(institution: str | None) -> Institution | None:
    return get_institution(institution) if institution else None


def _group(code: str, institution: str | None) -> tuple[Institution | None, EntityGroup]:
    owner = _owner(institution)
    return owner, grouping.get_group(code, owner.id if owner else None)


def _name_form(names: Translated) -> Any:
    kind = in_languages(forms.GroupForm, NAMES, name=line_in(lazy_gettext("Name")))
    return kind(data=shown_in("name", names))


def _try(act: Callable[[], None]) -> None:
    try:
        with transaction():
            act()
    except DomainError as error:
        say(error.message, "stop")


def _members(group: EntityGroup, owner: Institution | None) -> list[dict[str, str]]:
    """Return the members in the order of a list, each with its days."""
    memberships = grouping.members_in(group.id)
    by_entity: dict[int, list[Any]] = {}
    for one in memberships:
        by_entity.setdefault(one.entity_id, []).append(one)
    return [
        {
            "name": entity.name(current()),
            "since": day(one.since) if one.since else "",
            "until": day(one.until) if one.until else "",
            "url": _url("_member", owner, code=group.code, number=one.id),
        }
        for entity in entities_in_order(current())
        for one in by_entity.get(entity.id, ())
    ]
