"""Forms of the agenda's items."""

from typing import Any

from wtforms import HiddenField

from eventhub.events.models import Event
from eventhub.i18n import lazy_gettext
from eventhub.web.fields import in_languages, line_in, text_in
from eventhub.web.forms import BaseForm


class ItemForm(BaseForm):
    """One item; title and annotation come per language."""

    version = HiddenField()


def item_form(event: Event, given: dict[str, Any] | None = None) -> Any:
    """Return the form of an item in the event's languages."""
    kind = in_languages(
        ItemForm,
        event.languages,
        titles=line_in(lazy_gettext("Title")),
        annotations=text_in(lazy_gettext("Annotation"), longest=10_000),
    )
    return kind(data=given or {})
