"""The wording of letters in each language, with the fields that may stand in it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions, services, words
from eventhub.delegations.forms import LetterTextForm
from eventhub.delegations.letter_text import FIELDS, KINDS, paragraphs
from eventhub.delegations.letters import sample_values, texts_for
from eventhub.delegations.services.texts import text_row
from eventhub.delegations.views.blueprint import bp
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import LANGUAGES, _
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import in_languages, shown_in, text_in
from eventhub.web.forms import show_error


@bp.route("/manage/<slug>/invitations/texts/<kind>", methods=["GET", "POST"])
@requires(permissions.EDIT, switch="letters")
def edit_text(slug: str, kind: str) -> ResponseReturnValue:
    """Change what a kind of letter says, and show it filled in."""
    event = get_event(slug)
    if kind not in KINDS:
        raise NotFound
    languages = _languages(event)
    row, texts = text_row(event.id, kind), texts_for(event)[kind]
    make = in_languages(LetterTextForm, languages, text=text_in(_("Text"), longest=8_000))
    form = make(data={"version": str(row.version if row else 0), **shown_in("text", texts)})
    if form.is_good():
        shown = form["version"].data or ""
        said = {code: form[f"text_{code}"].data or "" for code in languages}
        try:
            with transaction():
                services.save_texts(
                    event,
                    kind,
                    {**texts, **said},
                    version=int(shown) if shown.isascii() and shown.isdigit() else 0,
                    actor=current_actor(),
                )
            say(_("The text is saved."))
            return redirect(url_for("delegations.edit_text", slug=slug, kind=kind))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "delegations/edit_text.html",
        event=event,
        kind=kind,
        kinds=words.TEXTS,
        form=form,
        fields=FIELDS,
        languages=[(code, LANGUAGES[code]) for code in languages],
        shown={code: paragraphs(form[f"text_{code}"].data or "", sample_values(event, code))
               for code in languages},
    )  # fmt: skip
    return page, form.status


def _languages(event: Event) -> list[str]:
    """Return the event's languages first, then those for which there is a text of ours."""
    return list(dict.fromkeys([*event.languages, "en", "fr", "zh", "ar"]))
