"""The versions of the programme: looking at them, what each changed, going back to one."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import queries, services
from eventhub.agenda.forms.publishing import BackForm, given
from eventhub.agenda.made import GRID_DIGEST
from eventhub.agenda.models import ProgrammeProposal, ProgrammeVersion
from eventhub.agenda.rules import changes_between
from eventhub.agenda.showing import View, days_of, revision, show_day
from eventhub.agenda.telling import tell
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.views.publishing import carried_out, proposed, published, seen_before
from eventhub.core import clock
from eventhub.core.errors import NotFound
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _, times
from eventhub.web.access import current_actor, requires


@bp.get("/manage/<slug>/programme/versions")
@requires("agenda.view")
def list_versions(slug: str) -> ResponseReturnValue:
    """List what was published, newest first."""
    event, actor = get_event(slug), current_actor()
    versions = queries.versions_of(event.id)
    return render_template(
        "agenda/list_versions.html",
        event=event,
        rows=[_row(event, version, versions) for version in versions],
        two_persons=queries.publishing_settings(event.id).two_persons,
        may_publish=actor.may("agenda.publish"),
    )


def _row(
    event: Event, version: ProgrammeVersion, versions: list[ProgrammeVersion]
) -> dict[str, Any]:
    return {
        "number": version.number,
        "name": revision(version.number),
        "when": times.moment(version.published_at, event.zone),
        "who": version.published_by,
        "note": version.note,
        "changes": len(version.changes),
        **_standing(event, version, versions),
    }


def _standing(
    event: Event, version: ProgrammeVersion, versions: list[ProgrammeVersion]
) -> dict[str, Any]:
    """Return whether a version is in force, coming (and when) or replaced."""
    coming = queries.public_since(version) > clock.now()
    in_force = next((v for v in versions if queries.public_since(v) <= clock.now()), None)
    return {
        "coming": times.moment(queries.public_since(version), event.zone) if coming else "",
        "is_in_force": version is in_force,
    }


@bp.get("/manage/<slug>/programme/versions/<int:number>")
@requires("agenda.view")
def show_version(slug: str, number: int) -> ResponseReturnValue:
    """Show a version as it was published, and what it changed."""
    event = get_event(slug)
    versions, version = _found(event, number)
    programme = queries.programme_in(version)
    days = days_of(programme)
    asked = request.args.get("day", "")
    first = event.starts_on if event.starts_on in days else days[0]
    day = next((one for one in days if one.isoformat() == asked), first)
    tabs = [
        {
            "label": times.day(one, year=False),
            "url": url_for("agenda.show_version", slug=slug, number=number, day=one.isoformat()),
            "current": one == day,
            "count": None,
        }
        for one in days
    ]
    return render_template(
        "agenda/show_version.html",
        event=event,
        name=revision(number),
        number=number,
        standing=_standing(event, version, versions),
        is_newest=version is versions[0],
        may_publish=current_actor().may("agenda.publish"),
        published=times.moment(version.published_at, event.zone),
        note=version.note,
        who=version.published_by,
        told=_told(versions, version),
        papers_wait=queries.papers_wait(event.id, number),
        day=show_day(programme, day, View(event, event.zone, is_public=False)),
        tabs=tabs,
        grid_css=url_for("agenda.grid_stylesheet", digest=GRID_DIGEST),
    )


@bp.get("/manage/<slug>/programme/versions/<int:number>/changes.txt")
@requires("agenda.view")
def download_changes(slug: str, number: int) -> ResponseReturnValue:
    """Answer what a version changed as plain text, a sentence a line."""
    event = get_event(slug)
    versions, version = _found(event, number)
    head = [
        event.title(),
        _("%(revision)s, published on %(moment)s by %(who)s", revision=revision(number),
          moment=times.moment(version.published_at, event.zone), who=version.published_by),
        *([version.note] if version.note else []),
    ]  # fmt: skip
    lines = [*head, "", *(f"- {sentence}" for _kind, sentence in _told(versions, version))]
    text = "\n".join(lines) + "\n"
    response = Response(text, mimetype="text/plain")
    filename = f"{slug}-programme-{number}.txt"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _found(event: Event, number: int) -> tuple[list[ProgrammeVersion], ProgrammeVersion]:
    """Return all versions and the one of this number; NotFound where there is none."""
    versions = queries.versions_of(event.id)
    for one in versions:
        if one.number == number:
            return versions, one
    raise NotFound


def _told(versions: list[ProgrammeVersion], version: ProgrammeVersion) -> list[tuple[str, str]]:
    """Return what a version changed of the one before; nothing of the first one."""
    before = next((one for one in versions if one.number == version.number - 1), None)
    if before is None:
        return []
    old, new = queries.programme_in(before), queries.programme_in(version)
    return list(tell(changes_between(old, new), old, new))


@bp.route("/manage/<slug>/programme/versions/<int:number>/back", methods=["GET", "POST"])
@requires("agenda.publish")
def go_back(slug: str, number: int) -> ResponseReturnValue:
    """Show what making an older version the programme again changes; do it."""
    standing = queries.standing_at(slug)
    event = standing.event
    if standing.proposal:
        return redirect(url_for("agenda.show_proposal", slug=slug))
    pending = services.what_going_back_changes(event, number)
    form = BackForm(data=given(pending.programme.number))
    if form.is_good():

        def act() -> str:
            done = services.go_back(
                event, number, form.terms(event),
                with_draft=bool(form.with_draft.data), actor=current_actor(),
            )  # fmt: skip
            return proposed(done) if isinstance(done, ProgrammeProposal) else published(done)

        if answer := carried_out(form, f"agenda.back:{event.id}:{number}", act, event):
            return answer
        pending = services.what_going_back_changes(event, number)
    page = render_template(
        "agenda/go_back.html",
        event=event,
        form=form,
        number=number,
        old_name=revision(number),
        two_persons=standing.settings.two_persons,
        **seen_before(event, pending),
    )
    return page, form.status
