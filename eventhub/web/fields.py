"""Kinds of fields that several features use: days, wall times, ticks, texts in languages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from wtforms import DateField, DateTimeLocalField, IntegerField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventhub.core.errors import DomainError
from eventhub.i18n import LANGUAGES, Translated, lazy_gettext
from eventhub.web.forms import FILL_IN, BaseForm, show_error, text_field

WALL = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class TicksField(SelectMultipleField):
    """Several choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def day_field(label: Any, **more: Any) -> DateField:
    """Return a field for a day that must be given."""
    return DateField(label, validators=[InputRequired(FILL_IN)], **more)


def wall_field(label: Any, *, optional: bool = False, **more: Any) -> DateTimeLocalField:
    """Return a field for a wall time, to the minute."""
    presence = Optional() if optional else InputRequired(FILL_IN)
    return DateTimeLocalField(label, format=WALL, validators=[presence], **more)


def count_field(label: Any, *, optional: bool = False, **more: Any) -> IntegerField:
    """Return a field for a whole number."""
    presence = Optional() if optional else InputRequired(FILL_IN)
    return IntegerField(label, validators=[presence], **more)


def said(names: Mapping[str, Any], *, empty: Any = None) -> Callable[[], dict[str, str]]:
    """Return choices that are put into words when the form is made, an empty one first."""

    def make() -> dict[str, str]:
        first = {} if empty is None else {"": str(empty)}
        return first | {value: str(word) for value, word in names.items()}

    return make


def language_choices(codes: Iterable[str] = LANGUAGES) -> dict[str, str]:
    """Return languages by their own names, in the order given, all by default."""
    return {code: LANGUAGES[code].own_name for code in codes if code in LANGUAGES}


def every_language() -> dict[str, str]:
    """Return all languages of the interface by their own names."""
    return language_choices()


def in_languages(base: type[BaseForm], languages: Sequence[str], **makers: Any) -> type[BaseForm]:
    """Return a form with one field for each text and language: title_en, title_fr.

    makers: by the text's name, a function of (language's own name, is it the first) that returns
    the field.
    """
    fields = {
        f"{name}_{code}": make(LANGUAGES[code].own_name, place == 0)
        for name, make in makers.items()
        for place, code in enumerate(languages)
    }
    return type(base.__name__, (base,), fields)


def said_in(form: BaseForm, name: str, kept: Translated) -> Translated:
    """Return a text as the form's fields say it; languages without a field keep theirs."""
    for code in LANGUAGES:
        if f"{name}_{code}" in form:
            kept = kept.with_text(code, form[f"{name}_{code}"].data or "")
    return kept


def shown_in(name: str, text: Translated) -> dict[str, str]:
    """Return the values of a text's fields."""
    return {f"{name}_{code}": said for code, said in text.items()}


def refuse(form: BaseForm, error: DomainError, languages: Sequence[str] = ()) -> None:
    """Show a refusal beside its field; of a text in several languages, beside the first."""
    for code in languages:
        if error.field and f"{error.field}_{code}" in form:
            error = type(error)(error.message, f"{error.field}_{code}")
            break
    show_error(form, error)


def line_in(label: Any, *, required: bool = True, **more: Any) -> Any:
    """Return a maker of lines in one language, for `in_languages`; the first one is needed."""

    def make(language: str, is_first: bool) -> Any:
        named = lazy_gettext("%(field)s in %(language)s", field=label, language=language)
        return text_field(named, optional=not (required and is_first), **more)

    return make


def text_in(label: Any, *, longest: int = 20_000, required: bool = False) -> Any:
    """Return a maker of longer texts in one language, for `in_languages`."""
    return line_in(label, required=required, area=True, longest=longest)
