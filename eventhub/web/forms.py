"""The base of all forms: clean text, a hidden key that makes sending twice harmless.

Forms check shape (present, length, a date); services check truth. Errors that services raise
land on their field with `show_error`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from markupsafe import Markup, escape
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import EmailField as WtfEmailField
from wtforms import Field, Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import (
    InputRequired,
    Length,
    Optional,
    Regexp,
    StopValidation,
    ValidationError,
)

from eventhub.core import ids
from eventhub.core.errors import DomainError
from eventhub.core.text import has_forbidden, tidy
from eventhub.i18n import _, lazy_gettext
from eventhub.web.csrf import FIELD, csrf_token
from eventhub.web.uploads import is_too_large, most_bytes

FILL_IN = lazy_gettext("Fill this in.")
CHOOSE = lazy_gettext("Choose one.")

_OURS = {
    "Not a valid choice.": lazy_gettext("Choose one from the list."),
    "Not a valid integer value.": lazy_gettext("Write a whole number."),
    "Not a valid date value.": lazy_gettext("Write the date like 1985-03-27."),
    "Not a valid datetime value.": lazy_gettext("Write the date and time like 2026-03-27 09:00."),
    "Not a valid time value.": lazy_gettext("Write the time like 09:00."),
}
"""WTForms' own messages, in our words."""

_BROKEN = re.compile(r"\ufffd|%ED%[AB][0-9A-F]%[89AB][0-9A-F]")
"""What Werkzeug makes of bytes that are no text: the first in forms with files, the second (half
of a surrogate pair, written out) in others."""


class _Words:
    """WTForms' own messages, said by our catalogues."""

    def gettext(self, text: str) -> str:
        """Say the text in the present language."""
        return str(_OURS.get(text, text))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Say the text for a number."""
        return singular if n == 1 else plural


class BaseForm(Form):
    """A form of the present request; `key` is its idempotency key."""

    key = HiddenField()

    class Meta:
        """Words by our catalogues; nothing of WTForms' own protection, see web.csrf."""

        def get_translations(self, _form: Form) -> _Words:
            """Let validators speak our languages."""
            return _Words()

    def __init__(self, *args: Any, **given: Any) -> None:
        both: list[MultiDict[str, Any]] = [request.files, request.form]
        sent = CombinedMultiDict(both) if is_sent() else None
        super().__init__(sent, *args, **given)
        if not self.key.data:
            self.key.data = ids.new_uuid()

    def is_good(self) -> bool:
        """Tell whether the form was sent and every field has the right shape."""
        return is_sent() and self.validate()

    def validate(self, *args: Any, **given: Any) -> bool:
        """Check each field; a file of which only the beginning was taken is refused."""
        good = super().validate(*args, **given)
        cut_short = [field for field in self if is_too_large(field.data)]
        for field in cut_short:
            field.errors = [too_large()]
        return good and not cut_short

    @property
    def status(self) -> int:
        """Return the HTTP status of the page that shows the form: 422 where it was refused."""
        return 422 if is_sent() and self.errors else 200

    def hidden_tag(self) -> Markup:
        """Return the hidden fields: the token against forgery, the key, and any other."""
        token = Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token())
        others = (f for f in self if isinstance(f, HiddenField))
        rows = (
            Markup('<input type="hidden" name="{}" value="{}">').format(
                f.name, escape(f.data or "")
            )
            for f in others
        )
        return token + Markup("").join(rows)

    def values(self) -> dict[str, Any]:
        """Return what was typed, by field name, without the key."""
        return {name: data for name, data in self.data.items() if name != "key"}


def too_large() -> str:
    """Return what is said of a file that is larger than any file may be."""
    return _("Choose a file of at most %(size)s MB.", size=most_bytes() >> 20)


def is_sent() -> bool:
    """Tell whether the present request brings a form."""
    return request.method in ("POST", "PUT")


def show_error(form: BaseForm, error: DomainError) -> None:
    """Put a service's refusal beside its field, or at the top where it has none."""
    if error.field and error.field in form:
        field = form[error.field]
        field.errors = [*field.errors, error.message]
    else:
        form.form_errors.append(error.message)


def clean(text: str | None) -> str | None:
    """Tidy what was typed; a filter for text fields."""
    return tidy(text) if isinstance(text, str) and not has_forbidden(text) else text


def one_line(text: str | None) -> str | None:
    """Make line breaks blanks: no field of one line sends them, and whoever does means no good."""
    return " ".join(text.split("\n")) if isinstance(text, str) else text


def no_control_characters(_form: Form, field: Field) -> None:
    """Refuse characters that cannot be stored or shown, and what is left of broken ones."""
    given = field.data if isinstance(field.data, list) else [field.data]
    texts = [text for text in given if isinstance(text, str)]
    if any(has_forbidden(text) or _BROKEN.search(text) for text in texts):
        raise StopValidation(_("Remove the characters that cannot be printed and type it again."))


def required(message: str | None = None) -> InputRequired:
    """Ask for the field; the message says what to do."""
    return InputRequired(message)


def text_field(
    label: Any,
    *,
    description: Any = "",
    longest: int = 250,
    optional: bool = False,
    missing: Any = None,
    area: bool = False,
    validators: Iterable[Any] = (),
    **more: Any,
) -> Any:
    """Return a field for a line (or, with area, several lines) of text in any script."""
    presence = Optional() if optional else InputRequired(missing or FILL_IN)
    kind = TextAreaField if area else StringField
    return kind(
        label,
        description=description,
        filters=[clean] if area else [clean, one_line, clean],
        validators=[no_control_characters, presence, _longest(longest), *validators],
        **more,
    )


def phone_field(label: Any, *, description: Any = "") -> Any:
    """Return a field for a telephone number that may be left out."""
    shape = Regexp(
        r"\+?[0-9][0-9 ()/.-]+$",
        message=lazy_gettext("Write a telephone number like +86 592 555 0100."),
    )
    return text_field(label, description=description, longest=40, optional=True, validators=[shape])


def email_field(label: Any, *, optional: bool = False, **more: Any) -> Any:
    """Return a field for one e-mail address."""
    presence = Optional() if optional else InputRequired(FILL_IN)
    return WtfEmailField(
        label,
        filters=[clean],
        validators=[no_control_characters, presence, _longest(254), one_address],
        **more,
    )


def one_address(_form: Form, field: Field) -> None:
    """Accept one plausible address; whether it exists shows when mail is sent."""
    text = field.data or ""
    name, at, domain = text.rpartition("@")
    plausible = (
        at
        and name
        and "." in domain.strip(".")
        and not any(c in text for c in ' ,;<>()"\\')
        and not domain.startswith(".")
        and not domain.endswith(".")
        and ".." not in text
        and _has_domain(domain)
    )
    if not plausible:
        raise ValidationError(_("Write one full e-mail address, like name@example.org."))
    if not name.isascii():
        said = _("Use an address with Latin letters before the @: not every server takes others.")
        raise ValidationError(said)


def _has_domain(domain: str) -> bool:
    """Tell whether mail servers could know the domain, in whatever script it is written."""
    try:
        known = domain.encode("idna").decode()
    except UnicodeError:
        return False
    return all(c.isalnum() or c in "-." for c in known)


def select_field(label: Any, choices: Any = None, *, optional: bool = False, **more: Any) -> Any:
    """Return a select; without `optional` a choice must be made."""
    presence = Optional() if optional else InputRequired(CHOOSE)
    return SelectField(label, choices=choices, validators=[presence], **more)


def _longest(characters: int) -> Length:
    return Length(max=characters, message=lazy_gettext("Use at most %(max)d characters."))


def choices_of(names: Mapping[Any, Any], *, empty: Any = None) -> dict[Any, Any]:
    """Return select choices from a mapping of value to words, an empty one first if asked for."""
    return {"": empty, **names} if empty is not None else dict(names)
