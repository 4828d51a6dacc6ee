"""The fields that delegates fill in: one form, of which each page shows a few."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from markupsafe import Markup
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TelInput

from eventhub.core.errors import DomainError
from eventhub.core.text import apart
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.i18n import _, current, lazy_gettext
from eventhub.questionnaires.forms import names_of, with_questions
from eventhub.questionnaires.queries import Asked
from eventhub.registration.forms.choices import (
    ADMISSIONS,
    GENDERS,
    MODES,
    REMOTE_ADMISSION,
    SCRIPTS,
    EntityField,
    letter_languages,
)
from eventhub.registration.rules import Name
from eventhub.web.forms import CHOOSE, BaseForm, email_field, show_error, text_field

KEPT_AS_TYPED = "-"
"""Chosen where none of the entities proposed is meant."""

KIND = "_formfield"
"""What WTForms marks a field by that belongs to no form yet."""

ALWAYS = frozenset({"key", "version", "issued"})
FIELD_OF = {
    "category_id": "category",
    "entity_id": "entity",
    "photo_id": "photo",
    "rank_level_id": "rank",
    "consents": "needs_consent",
}
"""Form fields by the name that services give to what is wrong."""


class DelegateForm(BaseForm):
    """All fields of a registration; `form_of` leaves those that a page asks for."""

    version = HiddenField()
    issued = HiddenField()

    category = RadioField(
        lazy_gettext("You take part as"), validators=[InputRequired(CHOOSE)], choices={}
    )
    entity = EntityField(lazy_gettext("State or organization"), validators=[Optional()], choices={})
    entity_name = text_field(lazy_gettext("State or organization"))
    other_entity = text_field(lazy_gettext("Not in the list? Write its name"), optional=True)
    similar = RadioField(lazy_gettext("Is it one of these?"), validators=[Optional()], choices={})

    family_name = text_field(
        lazy_gettext("Family name"),
        description=lazy_gettext("As you want it printed. Only one name? Leave one empty."),
        optional=True,
    )
    given_names = text_field(lazy_gettext("Given names"), optional=True)
    name_order = RadioField(
        lazy_gettext("On your badge"), validators=[InputRequired(CHOOSE)], choices={}
    )
    honorific = text_field(
        lazy_gettext("Form of address"),
        description=lazy_gettext("Choose one or write your own, for example H.E. Ms."),
        longest=60,
        optional=True,
    )
    name_local = text_field(lazy_gettext("Your name in another script"), optional=True)
    name_local_language = SelectField(
        lazy_gettext("Language of that name"), validators=[Optional()], choices={}
    )
    passport_latin = text_field(
        lazy_gettext("Name in Latin letters as in your passport"),
        description=lazy_gettext("Only if it differs from the names above."),
        optional=True,
    )

    email = email_field(
        lazy_gettext("E-mail"),
        description=lazy_gettext("Several people may share one address."),
    )
    phone = text_field(
        lazy_gettext("Phone"),
        description=lazy_gettext(
            "With the country's code, such as %(number)s.", number=apart("+260 211 123456")
        ),
        longest=60,
        optional=True,
        widget=TelInput(),
    )
    functional_title = text_field(
        lazy_gettext("Title of your post"),
        description=lazy_gettext("As it should stand in the list of participants."),
    )
    organisation = text_field(lazy_gettext("Ministry, office or organization"), optional=True)
    rank = SelectField(lazy_gettext("Rank"), validators=[Optional()], choices={})
    gender = SelectField(
        lazy_gettext("Gender"),
        description=lazy_gettext("Only for figures that name nobody."),
        validators=[Optional()],
        choices={},
    )
    language = SelectField(
        lazy_gettext("Language of our letters to you"),
        validators=[InputRequired(CHOOSE)],
        choices={},
    )
    admission = RadioField(
        lazy_gettext("United Nations grounds pass"),
        validators=[InputRequired(CHOOSE)],
        choices={},
    )

    mode = RadioField(
        lazy_gettext("How you take part"), validators=[InputRequired(CHOOSE)], choices={}
    )

    photo = FileField(
        lazy_gettext("Photo"),
        description=lazy_gettext(
            "Face and shoulders before a light background, not older than six months. "
            "JPEG or PNG, up to 10 MB. It can follow later."
        ),
        validators=[Optional()],
    )
    needs_consent = BooleanField(
        lazy_gettext("I agree that my needs are passed on to those who prepare for them"),
        description=lazy_gettext(
            "Asked because such needs can say something about health or belief. You can take it "
            "back on your page at any time; your answers are then erased."
        ),
    )

    asked: Collection[Asked] = ()
    rank_ids: Mapping[str, int] = MappingProxyType({})
    """The levels of rank to choose from, by code."""
    named: Entity | None = None
    """Who bears the name typed, where that was looked up."""

    def validate(self, *args: Any, **given: Any) -> bool:
        """Check each field, then what hangs together; every fault is told at once."""
        good = super().validate(*args, **given)
        return not self._lacking() and good

    def _lacking(self) -> bool:
        """Say what is missing beside the field where it can be put right; tell whether any is."""
        lacking = [
            (name, sentence)
            for name, is_lacking, sentence in (
                (
                    "entity",
                    not (self._typed("entity") or self._typed("other_entity")),
                    _("Choose your State or organization, or write its name below."),
                ),
                (
                    "family_name",
                    not (self._typed("family_name") or self._typed("given_names")),
                    _("Write a family name or given names: one of them is enough."),
                ),
                (
                    "name_local_language",
                    bool(self._typed("name_local") and not self._typed("name_local_language")),
                    _("Choose the language, so that it is printed in the right form."),
                ),
                (
                    "needs_consent",
                    any(self._typed(name) for name in names_of(self.asked))
                    and not self._typed("needs_consent"),
                    _("Tick this if we may use your answers, or leave them empty."),
                ),
            )
            if is_lacking and name in self
        ]
        for name, sentence in lacking:
            if not self[name].errors:
                self[name].errors = [sentence]
        return bool(lacking)

    def _typed(self, name: str) -> Any:
        return self[name].data if name in self else None

    def names(self) -> Name:
        """Return the name as typed so far."""
        typed = {
            name: self[name].data or ""
            for name in ("family_name", "given_names", "honorific", "name_order")
            if name in self
        }
        return Name(**{**typed, "name_order": typed.get("name_order") or "given_first"})


@lru_cache(maxsize=128)
def _with_fields(names: frozenset[str]) -> type[DelegateForm]:
    """Return the form without its other fields; to make the class anew costs as much as a page."""
    theirs = (name for name in dir(DelegateForm) if hasattr(getattr(DelegateForm, name), KIND))
    others: dict[str, Any] = {name: None for name in theirs if name not in {*names, "key"}}
    return type(DelegateForm.__name__, (DelegateForm,), others)


def form_of(
    fields: Collection[str],
    event: Event,
    *,
    categories: Iterable[Category] = (),
    ranks: Iterable[tuple[str, str]] = (),
    asked: Collection[Asked] = (),
    may_be_remote: bool = True,
    **data: Any,
) -> DelegateForm:
    """Return the form with these fields only, filled with `data` where nothing was sent.

    `categories` are those that people may choose; `ranks` are code and name; `asked` adds the
    questions of questionnaires. Once sent, how one takes part is switched on a page of its own
    (R1.27), so that `may_be_remote` is false.
    """
    form = with_questions(_with_fields(frozenset({*fields, *ALWAYS})), asked)(**data)
    form.asked = asked
    if "category" in form:
        form.category.choices = {
            one.ref: one.names.pick(None, event.languages) for one in categories
        }
    if "name_order" in form:
        _offer_orders(form)
    if "name_local_language" in form:
        form.name_local_language.choices = {"": _("Choose"), **SCRIPTS}
    if "rank" in form:
        form.rank.choices = {"": _("Choose"), **dict(ranks)}
    if "gender" in form:
        form.gender.choices = {code: str(words) for code, words in GENDERS.items()}
    if "language" in form:
        form.language.choices = letter_languages([*dict.fromkeys([*event.languages, current()])])
    if "admission" in form:
        is_hybrid = may_be_remote and event.mode == "hybrid"
        ways = ADMISSIONS | REMOTE_ADMISSION if is_hybrid else ADMISSIONS
        form.admission.choices = {code: str(words) for code, words in ways.items()}
    if "mode" in form:
        form.mode.choices = {code: str(words) for code, words in MODES.items()}
    return form


def tell(form: DelegateForm, error: DomainError) -> None:
    """Put a refusal beside the field that it is about."""
    if error.field in FIELD_OF:
        error.field = FIELD_OF[error.field]
    show_error(form, error)


def _offer_orders(form: DelegateForm) -> None:
    """Show both orders with the name as far as it is known."""
    typed = form.names()
    if not (typed.family_name and typed.given_names):
        typed = Name(family_name="Mwila", given_names="Chanda")
    form.name_order.choices = {
        order: _apart(Name(typed.family_name, typed.given_names, name_order=order).printed())
        for order in ("given_first", "family_first")
    }


def _apart(name: str) -> Markup:
    """Return the name as a run that keeps its own direction."""
    return Markup("<bdi>{}</bdi>").format(name)
