"""What delegates choose from: forms of address, languages, entities."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape
from wtforms import SelectField
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import html_params

from eventhub.entities.queries import Choices, choices
from eventhub.i18n import LANGUAGES, _, current, lazy_gettext
from eventhub.web.fields import TicksField
from eventhub.web.forms import BaseForm

HONORIFICS = {
    "ar": ("السيد", "السيدة", "سعادة السيد", "سعادة السيدة", "معالي السيد", "معالي السيدة", "د."),
    "en": ("Mr.", "Ms.", "Mx.", "H.E. Mr.", "H.E. Ms.", "Dr.", "Prof."),
    "es": ("Sr.", "Sra.", "Excmo. Sr.", "Excma. Sra.", "Dr.", "Dra."),
    "fr": ("M.", "Mme", "S.E. M.", "S.E. Mme", "Dr", "Pr"),
    "pt": ("Sr.", "Sra.", "S. Ex.ª Sr.", "S. Ex.ª Sra.", "Dr.", "Dra."),
    "ru": ("г-н", "г-жа", "Е. П. г-н", "Е. П. г-жа", "д-р", "проф."),
    "zh": ("先生", "女士", "阁下", "博士", "教授"),
}
"""Forms of address to choose from; any other may be written (R2.17)."""

SCRIPTS = {
    "ar": "العربية", "am": "አማርኛ", "hy": "Հայերեն", "bn": "বাংলা", "my": "မြန်မာ",
    "bg": "Български", "zh": "中文", "ka": "ქართული", "el": "Ελληνικά", "he": "עברית",
    "hi": "हिन्दी", "ja": "日本語", "kk": "Қазақша", "km": "ខ្មែរ", "ko": "한국어", "ky": "Кыргызча",
    "lo": "ລາວ", "mk": "Македонски", "mn": "Монгол", "ne": "नेपाली", "fa": "فارسی", "ru": "Русский",
    "sr": "Српски", "si": "සිංහල", "tg": "Тоҷикӣ", "ta": "தமிழ்", "th": "ไทย", "uk": "Українська",
    "ur": "اردو",
}  # fmt: skip
"""Languages written in scripts of their own, by code, in their own words."""

GENDERS = {
    "undisclosed": lazy_gettext("I would rather not say"),
    "woman": lazy_gettext("Woman"),
    "man": lazy_gettext("Man"),
    "another": lazy_gettext("Another"),
}

ADMISSIONS = {
    "valid_pass": lazy_gettext("I have one that is valid on that day"),
    "needs_ticket": lazy_gettext("I need a ticket"),
}
"""Whether somebody holds a grounds pass (R1.25)."""

REMOTE_ADMISSION = {"remote": lazy_gettext("I take part remotely, by a link")}
"""What a hybrid event that asks for grounds passes offers beside them: nobody is asked twice."""

MODES = {
    "in_person": lazy_gettext("In person"),
    "remote": lazy_gettext("Remotely, by a link"),
}
"""How one takes part in a hybrid event (R1.27)."""


def honorifics() -> list[str]:
    """Return forms of address, those of the reader's language first, then those in English."""
    return list(dict.fromkeys((*HONORIFICS[current()], *HONORIFICS["en"])))


def letter_languages(offered: list[str]) -> dict[str, str]:
    """Return the languages in which the event writes letters, in their own words."""
    return {code: LANGUAGES[code].own_name for code in offered if code in LANGUAGES}


class EntitySelect:
    """The widget of a long select, written tersely: end tags and quotes are left out."""

    input_type = "select"

    def __call__(self, field: "EntityField", **attributes: Any) -> Markup:
        """Return the select with the field's entity chosen."""
        attributes.setdefault("id", field.id)
        inner = _options(tuple((title, tuple(rows)) for title, rows in field.offered.items()))
        if field.data:
            mark = f"<option value={escape(field.data)}>"
            inner = inner.replace(mark, mark[:-1] + " selected>", 1)
        params = html_params(name=field.name, **attributes)
        return Markup("<select %s><option value=''>%s%s</select>") % (
            Markup(params),  # noqa: S704  (escaped by html_params)
            field.empty,
            Markup(inner),  # noqa: S704  (escaped by _options)
        )


class EntityField(SelectField):
    """A State or organization from the reference data, in the order of the reader's language."""

    widget = EntitySelect()
    empty: Any = lazy_gettext("Choose")
    _offered: Choices | None = None

    @property
    def offered(self) -> Choices:
        """Return the entities under their titles; one small statement."""
        if self._offered is None:
            self._offered = choices(current())
        return self._offered

    def also_offer(self, extras: Sequence[tuple[str, str]]) -> None:
        """Offer entities of the event alone too: code and name of each."""
        if extras:
            self._offered = {**self.offered, _("At this event only"): tuple(extras)}

    def pre_validate(self, _form: Any) -> None:
        """Refuse a code that is not on the list."""
        codes = {code for rows in self.offered.values() for code, _name in rows}
        if self.data and self.data not in codes:
            raise StopValidation(self.gettext("Not a valid choice."))


def entity_names() -> Markup:
    """Return the options of a datalist of all entities."""
    return Markup(_names(tuple(choices(current()).values())))  # noqa: S704  (escaped by _names)


@lru_cache(maxsize=16)
def _options(groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> str:
    return "".join(
        f'<optgroup label="{escape(title)}">'
        + "".join(f"<option value={escape(code)}>{escape(name)}" for code, name in rows)
        + "</optgroup>"
        for title, rows in groups
    )


@lru_cache(maxsize=16)
def _names(groups: tuple[tuple[tuple[str, str], ...], ...]) -> str:
    return "".join(f"<option>{escape(name)}" for rows in groups for _code, name in rows)


class SessionsForm(BaseForm):
    """Single sessions that somebody in the hall follows remotely, by ref."""

    sessions = TicksField(
        lazy_gettext("Sessions that I follow remotely"), choices={}, validators=[Optional()]
    )
