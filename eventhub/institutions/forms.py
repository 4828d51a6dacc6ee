"""The form of an institution."""

from typing import Any

from wtforms import FileField, HiddenField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from eventhub.entities.queries import choices as entity_choices
from eventhub.i18n import LANGUAGES, Translated, _, current, lazy_gettext, pgettext
from eventhub.institutions.models import Institution
from eventhub.institutions.words import KIND_NAMES
from eventhub.web.forms import BaseForm, email_field, select_field, text_field
from eventhub.web.zones import zone_choices


def _kinds() -> dict[str, str]:
    return {"": _("Choose one"), **{kind: str(name) for kind, name in KIND_NAMES.items()}}


def _states() -> dict[str, str | dict[str, str]]:
    found = {title: dict(rows) for title, rows in entity_choices(current()).items()}
    return {"": pgettext("State", "None"), **found}


class InstitutionForm(BaseForm):
    """Name in each language, kind, place, and what its events start from."""

    version = HiddenField()
    kind = select_field(
        lazy_gettext("Kind"),
        choices=lambda: {
            "": _("Choose one"),
            **{kind: str(name) for kind, name in KIND_NAMES.items()},
        },
    )
    country = select_field(
        lazy_gettext("State"),
        description=lazy_gettext("None for an international organization."),
        optional=True,
        choices=_states,
    )
    city = text_field(lazy_gettext("City"), longest=120, optional=True)
    zone = select_field(
        lazy_gettext("Time zone"),
        description=lazy_gettext("New events start from it."),
        choices=lambda: {"": _("Choose one"), **dict(zone_choices())},
    )
    languages = SelectMultipleField(
        lazy_gettext("Languages of its pages"),
        choices={code: language.own_name for code, language in LANGUAGES.items()},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(lazy_gettext("Choose at least one language."))],
    )
    contact_email = email_field(
        lazy_gettext("Contact e-mail"), description=lazy_gettext("Participants write to it.")
    )

    @property
    def version_shown(self) -> int:
        """Return the version of the row that the page showed, 0 where it shows none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def details(self) -> dict[str, Any]:
        """Return what the services take."""
        values = self.values()
        names = {code: values.pop(f"name_{code}") or "" for code in LANGUAGES}
        values.pop("version")
        return {**values, "names": Translated(names), "country": values["country"] or None}


class LetterheadForm(BaseForm):
    """The logo; texts in each language of the institution are added."""

    version = HiddenField()
    logo = FileField(
        lazy_gettext("Logo or coat of arms"),
        description=lazy_gettext("PNG or JPEG, up to 1 MB. The one that is kept stays otherwise."),
    )


for _code, _language in LANGUAGES.items():
    setattr(
        InstitutionForm,
        f"name_{_code}",
        text_field(
            lazy_gettext("Name in %(language)s", language=_language.own_name),
            longest=200,
            optional=True,
            render_kw={"lang": _code, "dir": _language.direction},
        ),
    )


def filled_in(institution: Institution, country: str | None) -> InstitutionForm:
    """Return the form with what is known of the institution."""
    names = {f"name_{code}": institution.names.get(code, "") for code in LANGUAGES}
    return InstitutionForm(obj=institution, country=country or "", **names)
