"""What the documents look like: languages, layout, who signs; a preview before any is issued."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.certificates import queries, services
from eventhub.certificates.forms import DesignForm, SignatoryForm
from eventhub.certificates.models import Signatory
from eventhub.certificates.rules import MOST_SIGNATORIES
from eventhub.certificates.views.blueprint import bp
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.files.models import StoredFile
from eventhub.i18n import LANGUAGES, Translated, _, lazy_gettext, pgettext
from eventhub.jobs.queries import find_job
from eventhub.jobs.rules import URGENT
from eventhub.jobs.services import queue
from eventhub.jobs.waiting import wait_for_job
from eventhub.registration.queries import get_registration
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.fields import in_languages, line_in, refuse, said_in, shown_in
from eventhub.web.forms import BaseForm
from eventhub.web.once import once

PREVIEW = "certificates.preview"
PLACES = tuple(str(number) for number in range(1, MOST_SIGNATORIES + 1))
TEXTS = {
    "names": line_in(lazy_gettext("Name"), required=True, longest=120),
    "titles": line_in(lazy_gettext("Title of the post"), required=False, longest=200),
}


@bp.route("/manage/<slug>/certificates/design", methods=["GET", "POST"])
@requires("certificate.issue", switch="certificates")
def edit_design(slug: str) -> ResponseReturnValue:
    """Say in which languages and on which paper certificates are made, and who signs them."""
    event = get_event(slug)
    design = queries.design_of(event)
    texts = dict(design.credits)
    form = DesignForm(data={
        "first": design.languages[0], "second": (*design.languages, "")[1],
        "layout": design.layout, "on_request": design.on_request,
        "credits": next(iter(texts.values()), ""),
    })  # fmt: skip
    names = {code: one.own_name for code, one in LANGUAGES.items()}
    form.first.choices = names
    form.second.choices = {"": pgettext("language", "None"), **names}
    if form.is_good():
        languages = list(dict.fromkeys(x for x in (form.first.data, form.second.data) if x))
        credits_text = form.credits.data or ""
        changes = {
            "languages": languages, "layout": form.layout.data,
            "on_request": bool(form.on_request.data),
            "credits": [[languages[0], credits_text]] if credits_text else [],
        }  # fmt: skip
        with transaction():
            services.change_design(event, changes, actor=current_actor())
        say(_("Saved. Certificates issued from now on follow it."))
        return redirect(url_for("certificates.edit_design", slug=slug))
    page = render_template(
        "certificates/edit_design.html", event=event, form=form, most=MOST_SIGNATORIES,
        signatories={one.place: one for one in queries.signatories_of(event.id)},
    )  # fmt: skip
    return page, form.status


@bp.route("/manage/<slug>/certificates/signatories/<place>", methods=["GET", "POST"])
@requires("certificate.issue", switch="certificates")
def edit_signatory(slug: str, place: str) -> ResponseReturnValue:
    """Say who signs at one place, with a scanned signature where its use is permitted."""
    event = get_event(slug)
    row = _signatory(event, place)
    languages = list(dict.fromkeys([*queries.design_of(event).languages, *event.languages, "en"]))
    given: dict[str, object] = {"version": str(row.version if row else 0)}
    if row is not None:
        given |= {"permitted_by": row.permitted_by, "permitted_on": row.permitted_on}
        given |= shown_in("names", row.names) | shown_in("titles", row.titles)
    form = in_languages(SignatoryForm, languages, **TEXTS)(data=given)
    if form.is_good():
        upload, shown = form["picture"].data, form["version"].data or ""
        try:
            with transaction():
                services.save_signatory(
                    event, _place(place),
                    said_in(form, "names", row.names if row else Translated()),
                    said_in(form, "titles", row.titles if row else Translated()),
                    version=int(shown) if shown.isascii() and shown.isdigit() else 0,
                    picture=upload.read() if upload else b"",
                    permitted_by=form["permitted_by"].data or "",
                    permitted_on=form["permitted_on"].data, actor=current_actor(),
                )  # fmt: skip
            say(_("Saved. Certificates issued from now on follow it."))
            return redirect(url_for("certificates.edit_design", slug=slug))
        except DomainError as error:
            refuse(form, error, languages)
    page = render_template(
        "certificates/edit_signatory.html", event=event, form=form, row=row, place=place,
        languages=[(code, LANGUAGES[code]) for code in languages],
    )  # fmt: skip
    return page, form.status


@bp.post("/manage/<slug>/certificates/signatories/<place>/remove")
@requires("certificate.issue", switch="certificates")
def remove_signatory(slug: str, place: str) -> ResponseReturnValue:
    """Let nobody sign at this place any more."""
    event = get_event(slug)
    with transaction():
        services.remove_signatory(event, _place(place), actor=current_actor())
    say(_("Removed. Certificates that are issued stay as they are."))
    return redirect(url_for("certificates.edit_design", slug=slug))


@bp.get("/manage/<slug>/certificates/signatories/<place>/picture")
@requires("certificate.issue", switch="certificates")
def show_signature(slug: str, place: str) -> ResponseReturnValue:
    """Answer with the scanned signature."""
    row = _signatory(get_event(slug), place)
    file = db.session.get(StoredFile, row.file_id) if row and row.file_id else None
    if file is None:
        raise NotFound
    return send_stored(file, inline=True)


@bp.post("/manage/<slug>/certificates/people/<person>/preview")
@requires("certificate.issue", switch="certificates")
def preview(slug: str, person: str) -> ResponseReturnValue:
    """Ask the worker how a person's certificate would look; wait two seconds at most."""
    event, form = get_event(slug), BaseForm()
    row = get_registration(event.id, person, current_actor().scope("certificate.issue"))

    def ask() -> str:
        return queue(PREVIEW, event_id=event.id, priority=URGENT, registration_id=row.id).ref

    job = once(form.key.data, f"certificates.preview:{row.ref}", ask)
    wait_for_job(job, event_id=event.id)
    return redirect(url_for("certificates.show_preview", slug=slug, person=row.ref, job=job))


@bp.get("/manage/<slug>/certificates/people/<person>/preview/<job>")
@requires("certificate.issue", switch="certificates")
def show_preview(slug: str, person: str, job: str) -> ResponseReturnValue:
    """Answer with the preview, or a page that waits for it."""
    event = get_event(slug)
    row = get_registration(event.id, person, current_actor().scope("certificate.issue"))
    work = find_job(job, event_id=event.id)
    if work is None or work.name != PREVIEW or work.args["registration_id"] != row.id:
        raise NotFound
    file = db.session.get(StoredFile, work.result.get("file", 0)) if work.result else None
    if file is not None and file.event_id == event.id:
        return send_stored(file, inline=True)
    if work.result:
        raise NotFound  # made, and removed since
    back = url_for("certificates.show_person", slug=slug, person=person)
    page = render_template("certificates/being_made.html", back=back)
    return page, 202, {"Refresh": "2"}


def _place(text: str) -> int:
    """Return the place that the address names; NotFound where nobody can sign there."""
    if text not in PLACES:
        raise NotFound
    return int(text)


def _signatory(event: Event, place: str) -> Signatory | None:
    number = _place(place)
    return next((one for one in queries.signatories_of(event.id) if one.place == number), None)
