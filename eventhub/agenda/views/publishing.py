"""Publishing the draft, and looking at what was published."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import forms, queries, services
from eventhub.agenda.lint import faults_of, look_over
from eventhub.agenda.made import GRID_DIGEST
from eventhub.agenda.rules import changes_between
from eventhub.agenda.showing import View, days_of, revision, show_day
from eventhub.agenda.telling import tell
from eventhub.agenda.views.blueprint import bp
from eventhub.core.errors import DomainError, Invalid, NotFound
from eventhub.events.queries import get_event
from eventhub.i18n import _, times
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse
from eventhub.web.once import once


@bp.route("/manage/<slug>/programme/publish", methods=["GET", "POST"])
@requires("agenda.publish")
def publish(slug: str) -> ResponseReturnValue:
    """Show what publishing changes and what clashes; publish."""
    event = get_event(slug)
    draft = queries.load_draft(event.id)
    pending = services.what_would_change(event, draft)
    faults = faults_of(look_over(event, draft))
    form = forms.PublishForm()
    if form.is_good():

        def act() -> str:
            if faults and not form.anyway.data:
                raise Invalid(
                    _("Something clashes. Put it right, or tick that you publish anyway."),
                    "anyway",
                )
            note = form.note.data or ""
            return str(services.publish_agenda(event, note=note, actor=current_actor()).number)

        try:
            number = int(once(form.key.data, f"agenda.publish:{event.id}", act))
            name = revision(number)
            say(_("%(revision)s is published. The public pages follow now.", revision=name))
            return redirect(url_for("agenda.show_version", slug=slug, number=number))
        except DomainError as error:
            refuse(form, error)
    names = {session.ref: f"{session.code} {session.title()}" for session in draft.sessions}
    page = render_template(
        "agenda/publish.html",
        event=event,
        form=form,
        pending=pending,
        name=revision(pending.programme.number),
        told=list(tell(pending.changes, pending.before, pending.programme)),
        clashes=[(ref, names[ref], faults[ref]) for ref in names if ref in faults],
        languages=event.languages,
    )
    return page, form.status


@bp.get("/manage/<slug>/programme/versions")
@requires("agenda.view")
def list_versions(slug: str) -> ResponseReturnValue:
    """List what was published, newest first."""
    event = get_event(slug)
    rows = [
        {
            "number": version.number,
            "name": revision(version.number),
            "when": times.event_time(
                version.published_at, event.zone, event.cities.pick() or event.city
            ),
            "who": version.published_by,
            "note": version.note,
            "changes": len(version.changes),
        }
        for version in queries.versions_of(event.id)
    ]
    return render_template("agenda/list_versions.html", event=event, rows=rows)


@bp.get("/manage/<slug>/programme/versions/<int:number>")
@requires("agenda.view")
def show_version(slug: str, number: int) -> ResponseReturnValue:
    """Show a version as it was published, and what it changed."""
    event = get_event(slug)
    programme = queries.find_programme(event.id, number)
    if programme is None:
        raise NotFound
    before = queries.find_programme(event.id, number - 1) if number else None
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
        is_latest=queries.latest_number(event.id) == number,
        published=times.day(programme.published_at.date()),
        told=list(tell(changes_between(before, programme), before, programme)) if before else [],
        day=show_day(programme, day, View(event, event.zone, is_public=False)),
        tabs=tabs,
        grid_css=url_for("agenda.grid_stylesheet", digest=GRID_DIGEST),
    )
