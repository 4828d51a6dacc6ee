"""Name plates: asking for them, following, fetching the file."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.badges import queries, services
from eventhub.badges.forms import PlatesForm
from eventhub.badges.rules import FILES_KEPT, PlateChoice
from eventhub.badges.views.blueprint import PRINT, bp
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import LANGUAGES, _
from eventhub.jobs.waiting import wait_for_job
from eventhub.protocol.belonging import groups_at
from eventhub.web.access import current_actor, requires
from eventhub.web.downloads import send_stored
from eventhub.web.forms import show_error
from eventhub.web.once import once


@bp.route("/manage/<slug>/name-plates", methods=["GET", "POST"])
@requires(PRINT, switch="badges")
def choose_plates(slug: str) -> ResponseReturnValue:
    """Ask which name plates to make, and let the worker make them."""
    event = get_event(slug)
    form = _form(event)
    if form.is_good():
        try:
            ref = once(
                form.key.data, f"badges.choose_plates:{event.id}",
                lambda: services.start_plates(event, _choice(form), actor=current_actor()).ref,
            )  # fmt: skip
            wait_for_job(ref, event_id=event.id)
            return redirect(url_for("badges.show_plates", slug=slug, ref=ref), 303)
        except DomainError as error:
            show_error(form, error)
    return render_template("badges/choose_plates.html", event=event, form=form), form.status


def _form(event: Event) -> PlatesForm:
    form = PlatesForm()
    everybody = queries.plate_entities(event, PlateChoice(who="invited"))
    form.entity.choices = {"": _("All")} | {one.entity.code: one.name for one in everybody}
    form.group.choices = {"": _("All")} | dict(groups_at(event.id))
    others = {code: LANGUAGES[code].own_name for code in event.languages if code != "en"}
    form.language.choices = others | {"": _("English only")}
    return form


def _choice(form: PlatesForm) -> PlateChoice:
    return PlateChoice(
        who=form.who.data,
        entity=form.entity.data or "",
        group=form.group.data or "",
        language=form.language.data or "",
        formal=bool(form.formal.data),
        heads=bool(form.heads.data),
    )


@bp.get("/manage/<slug>/name-plates/<ref>")
@requires(PRINT, switch="badges")
def show_plates(slug: str, ref: str) -> ResponseReturnValue:
    """Show how far the plates are, then their file; loads itself again until they are made."""
    event = get_event(slug)
    job = queries.get_plates(event.id, ref, current_actor().scope(PRINT))
    file = queries.find_plates_file(job)
    page = render_template(
        "badges/show_plates.html", event=event, job=job, file=file,
        kept_until=file.created_at + FILES_KEPT if file else None,
    )  # fmt: skip
    again: dict[str, str] = {"Refresh": "2"} if job.state in ("waiting", "running") else {}
    return page, 200, again


@bp.get("/manage/<slug>/name-plates/<ref>.pdf")
@requires(PRINT, switch="badges")
def fetch_plates(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the file."""
    event = get_event(slug)
    file = queries.find_plates_file(queries.get_plates(event.id, ref, current_actor().scope(PRINT)))
    if file is None:
        raise NotFound
    return send_stored(file)
