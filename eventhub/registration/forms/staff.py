"""Forms of staff: a decision with its reason, a person entered or changed by hand."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from eventhub.entities.models import RankLevel
from eventhub.events.models import Category
from eventhub.i18n import LANGUAGES, _, lazy_gettext, pgettext
from eventhub.registration.forms.choices import ADMISSIONS, GENDERS, MODES, SCRIPTS, EntityField
from eventhub.registration.queries.words import field_word, reason_word
from eventhub.registration.rules import (
    REASONS,
    RETURNABLE,
    Name,
    State,
    propose_honorific,
    propose_salutation,
)
from eventhub.web.fields import TicksField, said
from eventhub.web.forms import (
    CHOOSE,
    BaseForm,
    email_field,
    is_sent,
    select_field,
    text_field,
)

ORDERS = {
    "given_first": lazy_gettext("Given names, then FAMILY NAME"),
    "family_first": lazy_gettext("FAMILY NAME, then given names"),
}


class DecideForm(BaseForm):
    """Why, and what is to be corrected; `for_move` leaves what the move asks for."""

    reason = select_field(lazy_gettext("Reason"))
    fields = TicksField(
        lazy_gettext("To be corrected"), validators=[Optional()], choices=lambda: returnable()
    )
    text = text_field(
        lazy_gettext("In your own words"),
        description=lazy_gettext("The person reads this in the mail."),
        longest=2000,
        optional=True,
        area=True,
    )

    @classmethod
    def for_move(cls, to: State | None, reasons: Iterable[str] | None = None) -> "DecideForm":
        """Return the form for a move to this state; None asks for words alone."""
        form = cls()
        codes = list(reasons if reasons is not None else REASONS.get(to, ()) if to else ())
        if codes:
            form.reason.choices = {"": _("Choose")} | {code: reason_word(code) for code in codes}
        else:
            del form.reason
        if to != State.RETURNED:
            del form.fields
        for field in form:
            field.id = f"{to or 'any'}-{field.name}"  # several of these forms share a page
        return form


def returnable() -> dict[str, str]:
    """Return what may be asked to be corrected, by name."""
    return {name: field_word(name) for name in RETURNABLE}


class ChangeForm(BaseForm):
    """Agreeing to a change, or refusing it with a word."""

    text = text_field(lazy_gettext("Why not"), optional=True)


class EraseForm(BaseForm):
    """Forgetting a person for ever: the reference typed by hand, and what a holder gives up."""

    reference = text_field(lazy_gettext("Reference"), longest=20)
    certificates_too = BooleanField(
        lazy_gettext("Withdraw the certificate too, because its holder asks for it")
    )


class OpenForm(BaseForm):
    """The State or organization whose delegation is opened."""

    entity = EntityField(
        lazy_gettext("State or organization"), validators=[InputRequired(CHOOSE)], choices=[]
    )


class OpenGroupForm(BaseForm):
    """The group of States whose delegations are opened together."""

    group = select_field(lazy_gettext("Group of States"))


class FocalPointForm(BaseForm):
    """Who is to look after a delegation."""

    name = text_field(lazy_gettext("Name"))
    email = email_field(lazy_gettext("E-mail address"))


class PersonForm(BaseForm):
    """A person entered by hand, or changed by staff."""

    version = HiddenField()
    category = select_field(lazy_gettext("Category"))
    entity = EntityField(lazy_gettext("State or organization"), validators=[Optional()], choices=[])
    honorific = text_field(lazy_gettext("Form of address"), longest=60, optional=True)
    given_names = text_field(lazy_gettext("Given names"), optional=True)
    family_name = text_field(
        lazy_gettext("Family name"),
        description=lazy_gettext("Only one name? Leave one of the two empty."),
        optional=True,
    )
    functional_title = text_field(lazy_gettext("Title of the post"), optional=True)
    email = email_field(lazy_gettext("E-mail address"), optional=True)

    title_en = text_field(
        lazy_gettext("Title in English"),
        description=lazy_gettext("Only where it was given or agreed; nothing is translated."),
        optional=True,
    )
    salutation = text_field(
        lazy_gettext("First line of letters"),
        description=lazy_gettext("Empty: letters begin with the name."),
        optional=True,
    )
    in_office_since = DateField(
        lazy_gettext("In office since"),
        validators=[Optional()],
        description=lazy_gettext("Or the date of credentials; for the order among heads."),
    )
    organisation = text_field(lazy_gettext("Ministry, office or organization"), optional=True)
    rank = SelectField(lazy_gettext("Rank"), validators=[Optional()], choices=[])
    phone = text_field(lazy_gettext("Telephone"), longest=60, optional=True)
    gender = SelectField(lazy_gettext("Gender"), choices=said(GENDERS), validators=[Optional()])
    language = SelectField(
        lazy_gettext("Language of letters"),
        choices=lambda: {code: one.own_name for code, one in LANGUAGES.items()},
        validators=[InputRequired(CHOOSE)],
    )
    name_order = RadioField(
        lazy_gettext("Order of the names"),
        choices=said(ORDERS),
        validators=[InputRequired(CHOOSE)],
    )
    display_caps = text_field(
        lazy_gettext("Family name in capitals"),
        description=lazy_gettext("Only where it is written otherwise than by its language."),
        optional=True,
    )
    passport_latin = text_field(lazy_gettext("Name as in the passport"), optional=True)
    name_local = text_field(lazy_gettext("Name in another script"), optional=True)
    name_local_language = SelectField(
        lazy_gettext("Language of that name"),
        choices=lambda: {"": pgettext("language", "None")} | SCRIPTS,
        validators=[Optional()],
    )

    mode = SelectField(
        lazy_gettext("How one takes part"), choices=said(MODES), validators=[Optional()]
    )
    admission = SelectField(
        lazy_gettext("United Nations grounds pass"),
        choices=said(ADMISSIONS, empty=lazy_gettext("Choose")),
        validators=[Optional()],
    )
    override = text_field(
        lazy_gettext("Why after the deadline"),
        description=lazy_gettext("Written into the history of this person."),
        longest=2000,
        optional=True,
        area=True,
    )

    def proposes(self, ranks: Iterable[RankLevel]) -> bool:
        """Fill in forms of address if only that was asked for; nothing is to be kept then."""
        asked = is_sent() and "propose" in request.form
        if asked:
            self.propose(ranks)
        return asked

    def propose(self, ranks: Iterable[RankLevel]) -> None:
        """Fill in the forms of address that nobody has chosen yet, by rank and language (R2.17)."""
        level = next((one.level for one in ranks if one.code == self.rank.data), None)
        about = (level, self.gender.data or "", self.language.data or "")
        name = Name(
            family_name=self.family_name.data or "",
            given_names=self.given_names.data or "",
            name_order=self.name_order.data or "given_first",
        )
        if not self.honorific.data:
            self.honorific.data = propose_honorific(*about)
        if not self.salutation.data:
            family = self.family_name.data or ""
            self.salutation.data = propose_salutation(*about, family=family, full=name.full)

    def offer(self, categories: Iterable[Category], ranks: Iterable[RankLevel]) -> None:
        """Fill in what may be chosen."""
        self.category.choices = {"": _("Choose")} | {one.ref: one.name() for one in categories}
        self.rank.choices = {"": _("Not given")} | {one.code: one.name() for one in ranks}


FIRST = ("category", "entity", "honorific", "given_names", "family_name")
SECOND = ("functional_title", "email")
MORE = (
    "title_en",
    "organisation",
    "rank",
    "in_office_since",
    "salutation",
    "phone",
    "gender",
    "language",
    "name_order",
    "display_caps",
    "passport_latin",
    "name_local",
    "name_local_language",
)
"""The fields as the page shows them: at once, and behind "More about this person"."""

PLAIN = ("honorific", "given_names", "family_name", *SECOND, *MORE)
"""Fields that a registration has under the same name, but for the rank."""


def plain_values(form: PersonForm) -> Mapping[str, Any]:
    """Return what was typed into the fields that a registration has under the same name."""
    dates: dict[str, Any] = {"in_office_since": form.in_office_since.data}
    texts = {name: form[name].data or "" for name in PLAIN if name not in ("rank", *dates)}
    return texts | dates
