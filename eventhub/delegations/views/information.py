"""The information note: what it says now, its issues, their files."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.delegations import permissions, services
from eventhub.delegations.information import (
    content_of,
    get_note,
    issue_note,
    notes_of_event,
    symbol,
)
from eventhub.delegations.practical import HEADINGS, change_practical, practical_of
from eventhub.delegations.views.blueprint import bp
from eventhub.events.queries import get_event, get_event_by_id
from eventhub.i18n import LANGUAGES, _, current
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.fields import in_languages, said_in, shown_in, text_in
from eventhub.web.forms import BaseForm
from eventhub.web.once import once


@bp.route("/manage/<slug>/information-note", methods=["GET", "POST"])
@requires(permissions.EDIT, switch="letters")
def information_note(slug: str) -> ResponseReturnValue:
    """Show what the note would say now and its issues; issue the next one (R1.35)."""
    event, form = get_event_by_id(current_place().event_id or 0), BaseForm()
    if form.is_good():

        def act() -> str:
            return symbol(event, issue_note(event, actor=current_actor()).revision)

        try:
            said = once(form.key.data, f"delegations.information_note:{event.id}", act)
            say(_("%(symbol)s is issued. Its files are being made.", symbol=said))
        except DomainError as error:
            say(error.message, "attention")
        return redirect(url_for("delegations.information_note", slug=slug))
    content = content_of(event)
    return render_template(
        "delegations/information_note.html",
        event=event,
        form=form,
        sections=content.get(current()) or content[event.languages[0]],
        issues=[(note, symbol(event, note.revision)) for note in notes_of_event(event.id)],
        languages=LANGUAGES,
        may_edit_event=current_actor().may("event.edit"),
    )


@bp.route("/manage/<slug>/information-note/practical", methods=["GET", "POST"])
@requires(permissions.EDIT, switch="letters")
def edit_practical(slug: str) -> ResponseReturnValue:
    """Write what stands under the ready headings of the note (R1.35)."""
    event = get_event(slug)
    kept = practical_of(event.id)
    makers = {code: text_in(heading, longest=3000) for code, heading in HEADINGS.items()}
    shown: dict[str, str] = {}
    for code, text in kept.items():
        shown |= shown_in(code, text)
    form: Any = in_languages(BaseForm, event.languages, **makers)(data=shown)
    if form.is_good():
        texts = {code: said_in(form, code, text) for code, text in kept.items()}
        with transaction():
            change_practical(get_event(slug), texts, actor=current_actor())
        say(_("Saved."))
        return redirect(url_for("delegations.information_note", slug=slug))
    page = render_template(
        "delegations/edit_practical.html", event=event, form=form, headings=HEADINGS
    )
    return page, form.status


@bp.get("/manage/<slug>/information-note/<ref>/<language>.pdf")
@requires(permissions.VIEW, switch="letters")
def fetch_information_note(slug: str, ref: str, language: str) -> ResponseReturnValue:
    """Answer with the file of an issue in one language."""
    event = get_event(slug)
    note = get_note(event.id, ref)
    return send_stored(services.file_of(event.id, note.files.get(language)))
