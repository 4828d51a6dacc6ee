"""Forms of documents that sessions carry."""

from typing import Any

from wtforms import FileField, HiddenField

from eventhub.agenda.forms import spoken
from eventhub.agenda.words import VISIBILITIES
from eventhub.events.models import Event
from eventhub.i18n import lazy_gettext, pgettext
from eventhub.web.fields import in_languages, line_in, said
from eventhub.web.forms import BaseForm, select_field


class DocumentForm(BaseForm):
    """What is said of a document; its title comes per language."""

    version = HiddenField()
    language = select_field(lazy_gettext("Language of the document"), optional=True)
    visibility = select_field(lazy_gettext("Who may read it"), choices=said(VISIBILITIES))


class AttachForm(DocumentForm):
    """A file with what is said of it."""

    file = FileField(lazy_gettext("File"))


def document_form(
    event: Event, *, with_file: bool = False, given: dict[str, Any] | None = None
) -> Any:
    """Return the form of a document in the event's languages."""
    kind = in_languages(
        AttachForm if with_file else DocumentForm,
        event.languages,
        titles=line_in(lazy_gettext("Title")),
    )
    form: Any = kind(data=given or {"visibility": "public", "version": 0})
    form.language.choices = {"": pgettext("language", "None"), **spoken()}
    return form
