"""Forms of a delegation's workspace: lines of people, one person, an invitation."""

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from eventhub.core.text import fold
from eventhub.i18n import _, lazy_gettext
from eventhub.registration.forms.choices import EntityField
from eventhub.registration.forms.consents import informed_field
from eventhub.registration.forms.staff import PersonForm
from eventhub.web.forms import (
    CHOOSE,
    BaseForm,
    email_field,
    no_control_characters,
    text_field,
)

TYPED = (
    "honorific",
    "given_names",
    "family_name",
    "functional_title",
    "organisation",
    "email",
    "phone",
)
"""The text cells of a line, in their order."""

MOST_LINES = 300


class LineForm(Form):
    """One person on one line; a line without any text is left out."""

    category = SelectField(lazy_gettext("Role"), validators=[Optional()], choices=[])
    honorific = text_field(lazy_gettext("Form of address"), longest=60, optional=True)
    given_names = text_field(lazy_gettext("Given names"), optional=True)
    family_name = text_field(lazy_gettext("Family name"), optional=True)
    functional_title = text_field(lazy_gettext("Title of the post"), optional=True)
    organisation = text_field(lazy_gettext("Ministry, office or organization"), optional=True)
    email = email_field(lazy_gettext("E-mail address"), optional=True)
    phone = text_field(lazy_gettext("Telephone"), longest=60, optional=True)
    twice = BooleanField(lazy_gettext("Another person of the same name"))
    is_double = False
    """Whether the name stands somewhere else, so that the page asks whether it is meant."""

    class Meta(BaseForm.Meta):
        """Words by our catalogues, as in every form."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed into the line."""
        return not any(self[name].data for name in TYPED)

    def values(self) -> dict[str, Any]:
        """Return what was typed, by the names of the registration's fields."""
        return {name: self[name].data or "" for name in TYPED}


class LinesForm(BaseForm):
    """People line by line, and a text from which lines are made."""

    pasted = TextAreaField(
        lazy_gettext("Paste a list"),
        description=lazy_gettext(
            "From Word, Excel or a message: one person on each line. Columns may be parted by "
            "tabs, semicolons or commas; numbers before the names do not matter."
        ),
        validators=[no_control_characters, Optional()],
    )
    issued = HiddenField()
    override = text_field(
        lazy_gettext("Why these people are entered after the deadline"), optional=True
    )
    informed = informed_field()
    lines = FieldList(FormField(LineForm), max_entries=MOST_LINES)

    def offer(self, categories: Mapping[str, str]) -> None:
        """Fill in the categories, ref and word, of each line."""
        for line in self.lines:
            line.form.category.choices = dict(categories)

    @property
    def filled(self) -> list[tuple[int, LineForm]]:
        """Return the lines with text, each with its place among all."""
        return [(at, line.form) for at, line in enumerate(self.lines) if not line.form.is_empty]

    def check(self, known: Mapping[tuple[str, str], str]) -> bool:
        """Check the filled lines cell by cell; `known` are names already in the delegation.

        A line without a name, and one whose name stands there already, is told at its cell.
        """
        good = self.informed.validate(self)
        if not self.filled:
            good = False
            self.form_errors.append(_("Write at least one name."))
        seen: dict[tuple[str, str], int] = {}
        for at, line in self.filled:
            good = line.validate() and good
            good = self._check_line(at, line, known, seen) and good
        return good

    def _check_line(
        self,
        at: int,
        line: LineForm,
        known: Mapping[tuple[str, str], str],
        seen: dict[tuple[str, str], int],
    ) -> bool:
        if not line.category.data:
            line.category.errors = [CHOOSE]
        key = (fold(line.family_name.data or ""), fold(line.given_names.data or ""))
        if key == ("", ""):
            said = _("Write a family name or given names: one of them is enough.")
            line.family_name.errors = [*line.family_name.errors, said]
        elif not line.twice.data and (key in known or key in seen):
            line.is_double = True
            said = (
                _("%(name)s is in the delegation already.", name=known[key])
                if key in known
                else _("The same name stands in line %(line)s.", line=seen[key])
            )
            line.family_name.errors = [*line.family_name.errors, said]
        seen.setdefault(key, at + 1)
        return not line.errors

    @property
    def faults(self) -> list[tuple[int, str, str, str]]:
        """Return each fault: line number, label, the sentence, id of the cell."""
        return [
            (at + 1, str(cell.label.text), str(cell.errors[0]), cell.id)
            for at, line in self.filled
            for cell in line
            if cell.errors
        ]


class MemberForm(PersonForm):
    """A person of a delegation, as its focal point enters or corrects it."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        del self["entity"]


class SameForm(BaseForm):
    """People of earlier events, ticked in the page's own list."""

    override = text_field(
        lazy_gettext("Why these people are entered after the deadline"), optional=True
    )
    informed = informed_field()
    issued = HiddenField()


class HeadForm(BaseForm):
    """A head of delegation in four fields, for protocol."""

    honorific = text_field(
        lazy_gettext("Form of address"),
        description=lazy_gettext("For example H.E. Ms."),
        longest=60,
        optional=True,
    )
    given_names = text_field(lazy_gettext("Given names"), optional=True)
    family_name = text_field(
        lazy_gettext("Family name"),
        description=lazy_gettext("Only one name? Leave one of the two empty."),
        optional=True,
    )
    functional_title = text_field(lazy_gettext("Title of the post"))
    override = text_field(
        lazy_gettext("Why these people are entered after the deadline"), optional=True
    )


class InviteForm(BaseForm):
    """Somebody who is invited directly, by a personal link."""

    category = SelectField(
        lazy_gettext("Takes part as"), validators=[InputRequired(CHOOSE)], choices=[]
    )
    entity = EntityField(lazy_gettext("State or organization"), validators=[Optional()], choices=[])
    given_names = text_field(lazy_gettext("Given names"), optional=True)
    family_name = text_field(lazy_gettext("Family name"), optional=True)
    email = email_field(
        lazy_gettext("E-mail address"),
        description=lazy_gettext("The link goes there at once. Without one you pass it on."),
        optional=True,
    )


class AskForm(BaseForm):
    """Nothing but the key: what is asked of whom is ticked or chosen by a button."""
