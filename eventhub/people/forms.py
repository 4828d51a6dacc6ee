"""Forms for signing in and for the own account."""

from collections.abc import Sequence

from wtforms import PasswordField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from eventhub.access.rules import SCOPED
from eventhub.access.words import role_name
from eventhub.i18n import LANGUAGES, _, lazy_gettext
from eventhub.people import rules
from eventhub.people.seams import SCOPES
from eventhub.web.forms import (
    CHOOSE,
    FILL_IN,
    BaseForm,
    clean,
    email_field,
    no_control_characters,
    select_field,
    text_field,
)
from eventhub.web.zones import zone_choices

LONGEST = Length(
    max=rules.LONGEST_PASSWORD, message=lazy_gettext("Use at most %(max)d characters.")
)
HOW_LONG = lazy_gettext("At least %(n)s characters.", n=rules.SHORTEST_PASSWORD)


def present_password() -> PasswordField:
    """Return the field for the password one has."""
    return PasswordField(
        lazy_gettext("Password"),
        validators=[no_control_characters, InputRequired(FILL_IN), LONGEST],
        render_kw={"autocomplete": "current-password"},
    )


def new_password() -> PasswordField:
    """Return the field for the password one chooses; it is typed once and may be shown."""
    return PasswordField(
        lazy_gettext("New password"),
        description=HOW_LONG,
        validators=[no_control_characters, InputRequired(FILL_IN), LONGEST],
        render_kw={"autocomplete": "new-password"},
    )


def code_field() -> StringField:
    """Return the field for the six digits of a code."""
    return StringField(
        lazy_gettext("Code"),
        description=lazy_gettext("Six digits, good for 30 minutes."),
        filters=[clean],
        validators=[no_control_characters, InputRequired(FILL_IN), LONGEST],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )


def part_field() -> SelectMultipleField:
    """Return boxes for parts of an event; what they offer is set later."""
    return SelectMultipleField(
        coerce=int,
        description=lazy_gettext("Choose none for all of them."),
        choices={},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def account_email() -> StringField:
    """Return the field for the address one signs in with."""
    field: StringField = email_field(lazy_gettext("E-mail"), render_kw={"autocomplete": "username"})
    return field


class SignInForm(BaseForm):
    """E-mail address and password."""

    email = account_email()
    password = present_password()


class AskCodeForm(BaseForm):
    """Where to send a code."""

    email = account_email()


class CodeForm(BaseForm):
    """The code that was sent."""

    code = code_field()


class ResetForm(BaseForm):
    """The code that was sent, and a new password."""

    code = code_field()
    password = new_password()


class FirstPasswordForm(BaseForm):
    """A password for an account that has none."""

    password = new_password()


class PasswordForm(BaseForm):
    """A new password, asked with the present one."""

    present = present_password()
    password = new_password()


class EmailForm(BaseForm):
    """The address that the account shall have."""

    email = email_field(
        lazy_gettext("New e-mail"),
        description=lazy_gettext("We send a code to it before anything changes."),
        render_kw={"autocomplete": "email"},
    )


class InviteForm(BaseForm):
    """Who gets which role, and for which parts of the event (none chosen: all of it)."""

    name = text_field(lazy_gettext("Name"), longest=200)
    email = email_field(lazy_gettext("E-mail"))
    role = RadioField(lazy_gettext("Role"), validators=[InputRequired(CHOOSE)])
    categories = part_field()
    gates = part_field()

    def offer(self, roles: Sequence[str], event_id: int | None) -> "InviteForm":
        """Offer these roles, and the parts of the event that they may be given for."""
        self.role.choices = {role: role_name(role) for role in roles}
        for kind in ("categories", "gates"):
            known = SCOPES.get(kind)
            options = known.options(event_id) if known and event_id is not None else []
            if known and options and SCOPED[kind].intersection(roles):
                field: SelectMultipleField = self[kind]  # type: ignore[assignment]
                field.label.text = known.label()
                field.choices = {str(number): name for number, name in options}
            else:
                del self[kind]
        return self

    def parts(self) -> dict[str, list[int]]:
        """Return the ids chosen, by kind."""
        return {kind: self[kind].data for kind in ("categories", "gates") if kind in self}


class DetailsForm(BaseForm):
    """How the account is called, its language and time zone."""

    name = text_field(lazy_gettext("Name"), longest=200, render_kw={"autocomplete": "name"})
    language = select_field(
        lazy_gettext("Language"),
        choices={code: language.own_name for code, language in LANGUAGES.items()},
    )
    zone = select_field(
        lazy_gettext("Time zone"),
        description=lazy_gettext("Shown beside the event's own time."),
        optional=True,
        choices=lambda: {"": _("That of the event"), **dict(zone_choices())},
    )


class EraseAccountForm(BaseForm):
    """Forgetting the own account for ever, with the password one has."""

    password = present_password()
