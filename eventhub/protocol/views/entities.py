"""What the installation says of each State and organization: formal names, language of letters."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.entities.describing import describe_entity, stamp_of
from eventhub.entities.languages import official_language
from eventhub.entities.queries import entities_in_order, get_entity, search_entities
from eventhub.i18n import LANGUAGES, Translated, _, current, lazy_gettext
from eventhub.protocol import forms
from eventhub.protocol.permissions import EDIT_ENTITIES
from eventhub.protocol.views.blueprint import bp
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import in_languages, line_in, refuse, said_in, shown_in

NAMES = ("en", *(code for code in LANGUAGES if code != "en"))
FORMAL = lazy_gettext("Formal name")


@bp.get("/manage/installation/entities")
@requires(EDIT_ENTITIES)
def list_entities() -> ResponseReturnValue:
    """List all States and organizations with their formal names, or those that a word finds."""
    words = request.args.get("q", "").strip()
    found = search_entities(words, current(), limit=300) if words else entities_in_order(current())
    return render_template(
        "protocol/list_entities.html", entities=found, words=words, languages=LANGUAGES
    )


@bp.route("/manage/installation/entities/<code>", methods=["GET", "POST"])
@requires(EDIT_ENTITIES)
def edit_entity(code: str) -> ResponseReturnValue:
    """Give a State or organization its formal names and the language of letters to it."""
    entity = get_entity(code)
    kind = in_languages(forms.EntityForm, NAMES, formal=line_in(FORMAL, required=False))
    given = {"version": stamp_of(entity), "language": entity.language}
    form: Any = kind(data=given | shown_in("formal", entity.formal_names))
    form.offer(official_language(entity.iso2))
    if form.is_good():
        try:
            with transaction():
                describe_entity(
                    entity,
                    formal_names=said_in(form, "formal", Translated()),
                    language=form.language.data or "",
                    seen=form.version.data or "",
                    actor=current_actor(),
                )
            say(_("Saved."))
            return redirect(url_for("protocol.list_entities", _anchor=f"e-{code}"))
        except DomainError as error:
            refuse(form, error, NAMES)
    return render_template(
        "protocol/edit_entity.html",
        form=form,
        entity=entity,
        names=[(form[f"formal_{one}"], entity.names.get(one, ""), one) for one in NAMES],
    ), form.status
