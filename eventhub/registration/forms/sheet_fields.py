"""The columns of a spreadsheet of people: what they are called, what may stand in them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventhub.core.text import fold
from eventhub.entities.queries import rank_levels
from eventhub.events.models import Category, Event
from eventhub.events.rules import PRESETS
from eventhub.i18n import LANGUAGES, Translated, _, lazy_gettext
from eventhub.protocol.queries import named, order_of
from eventhub.questionnaires.queries import Asked
from eventhub.questionnaires.rules import LONGEST_LINE, Kind, Question, field_name
from eventhub.registration.forms.choices import ADMISSIONS, GENDERS, MODES, SCRIPTS, honorifics
from eventhub.registration.forms.staff import ORDERS
from eventhub.registration.queries.words import field_word
from eventhub.registration.rules import CONSENTS, DATES, NEEDS, modes_of_event
from eventhub.registration.rules.heading_words import headings_of
from eventhub.sheets.words import NO, YES, in_all, options_in_all, yes_no

REF = "ref"
CONSENT = "consent_"

LINES: Mapping[str, int] = {
    "honorific": 60,
    "given_names": 250,
    "family_name": 250,
    "functional_title": 250,
    "organisation": 250,
    "email": 254,
    "phone": 60,
    "display_name": 250,
    "display_caps": 250,
    "passport_latin": 250,
    "name_local": 250,
    "title_en": 250,
    "salutation": 250,
}
"""Fields that are a line of text, and how many characters each takes."""

CONSENT_WORDS = {
    NEEDS: lazy_gettext("Agrees that the needs are passed on to those who prepare for them"),
    "photo_filming": lazy_gettext("Agrees to be photographed and filmed"),
    "list_of_participants": lazy_gettext("Agrees to stand in the list of participants"),
    "partners": lazy_gettext("Agrees that name and e-mail are passed on to the co-hosts"),
    "next_events": lazy_gettext("Agrees to be written to about later events"),
}

_WIDE = frozenset({"functional_title", "organisation", "email", "entity_id", "name_local"})


@dataclass(frozen=True, slots=True)
class SheetField:
    """A column: its code, its heading, all it is called, and what may stand in its cells."""

    code: str
    heading: str
    names: frozenset[str]
    note: str = ""
    words: tuple[str, ...] = ()
    """What is offered, in the reader's language."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Values by every word that means them, folded, in any language."""
    longest: int = 0
    """Characters of a line of text, 0 where one of the options must stand."""
    is_day: bool = False
    """Whether a day must stand in its cells, as ISO 8601 writes it."""
    by_value: Mapping[Any, str] = field(default_factory=dict)
    """What is written for values that are not offered."""
    is_many: bool = False
    """Whether several options may stand in a cell, parted by semicolons."""

    @property
    def width(self) -> int:
        """Return how wide its column is made, in characters."""
        return 32 if self.code in _WIDE else 18

    def said(self, value: Any) -> str:
        """Return how a value is written into a cell."""
        if self.is_day:
            return value.isoformat() if value else ""
        if self.longest:
            return str(value or "")
        by_value = {self.options[fold(word)]: word for word in self.words}
        if self.is_many:
            return "; ".join(by_value.get(one, str(one)) for one in value or ())
        return by_value.get(value, "") or self.by_value.get(value, "")


def fields_of(
    event: Event,
    *,
    categories: Sequence[Category],
    asked: Collection[Asked],
    with_entity: bool,
    offered: Collection[int] | None = None,
) -> list[SheetField]:
    """Return the columns of an event's spreadsheet in their order, headed in the reader's words.

    `with_entity` is for staff: each row names its own State or organization. `offered` are the
    ids of the categories that may be chosen, None for all; the others are only understood.
    """
    found = [_reference(), _category(categories, offered)]
    if with_entity:
        found.append(_entity(event))
    found += [_line(code, longest) for code, longest in LINES.items()]
    found += [
        _choice("name_local_language", lambda: SCRIPTS),
        _choice("name_order", lambda: ORDERS),
        _choice("gender", lambda: GENDERS),
        _rank(),
        *(_day(code) for code in sorted(DATES)),
        _choice("language", lambda: {code: one.own_name for code, one in LANGUAGES.items()}),
    ]
    if len(modes_of_event(event.mode)) > 1:
        found.append(_choice("mode", lambda: MODES))
    if "grounds_pass" in PRESETS[event.preset].fields:
        found.append(_choice("admission", lambda: ADMISSIONS))
    found += [_question(question) for one in asked for question in one.questions]
    wanted = CONSENTS if not asked else (NEEDS, *CONSENTS)
    return found + [_consent(purpose) for purpose in wanted]


def names_by_field(fields: Iterable[SheetField]) -> dict[str, Collection[str]]:
    """Return all that each field is called, to guess columns by."""
    return {one.code: one.names | headings_of(one.code) for one in fields}


def _reference() -> SheetField:
    note = _("Leave it empty for somebody new. It tells whom a row is about: do not change it.")
    word = lazy_gettext("Reference")
    names = in_all(lambda: word)
    return SheetField(REF, str(word), names, note, longest=16)


def _category(categories: Sequence[Category], offered: Collection[int] | None) -> SheetField:
    shared = Counter(one.name() for one in categories)
    words = {
        one.id: f"{one.name()} ({one.code})" if shared[one.name()] > 1 else one.name()
        for one in categories
    }
    options: dict[str, Any] = {fold(one.code): one.id for one in categories}
    options |= {fold(word): category_id for category_id, word in words.items()}
    for one in categories:
        for word in one.names.values():
            options.setdefault(fold(word), one.id)
    return SheetField(
        "category_id",
        field_word("category_id"),
        in_all(lambda: field_word("category_id")),
        _("Choose one from the list."),
        tuple(word for one, word in words.items() if offered is None or one in offered),
        options,
        by_value=words,
    )


def _entity(event: Event) -> SheetField:
    """Return the column of States and organizations, by the names that they bear at the event."""
    order = list(order_of(event.id))
    options: dict[str, Any] = {}
    for one in order:
        if one.own is not None:
            words = (one.entity.code, *named(one.entity, one.own).values())
            options |= {fold(word): one.id for word in words}
    return SheetField(
        "entity_id",
        field_word("entity_id"),
        in_all(lambda: field_word("entity_id")),
        _("A name in any official language, or the code. Of an organization that is not in the "
          "list leave it empty, and write its name under organization."),
        tuple(one.name for one in order),
        options,
        longest=250,
    )  # fmt: skip


def _line(code: str, longest: int) -> SheetField:
    notes = {
        "family_name": _("As it shall be printed. One of the two names is enough."),
        "given_names": _("As they shall be printed. One of the two names is enough."),
        "honorific": _("For example: %(words)s", words=", ".join(honorifics()[:6])),
        "email": _("One full address. Several people may share it."),
        "phone": _("With the country's code, such as +260 211 123456."),
        "passport_latin": _("Only where it differs from the names."),
        "display_name": _("Only where the whole name is written otherwise than its parts."),
        "display_caps": _("Only where it is written otherwise than by its language."),
    }
    names = in_all(lambda: field_word(code))
    return SheetField(code, field_word(code), names, notes.get(code, ""), longest=longest)


def _day(code: str) -> SheetField:
    names = in_all(lambda: field_word(code))
    note = _("Write the date like 1985-03-27.")
    return SheetField(code, field_word(code), names, note, longest=10, is_day=True)


def _choice(code: str, words: Callable[[], Mapping[str, Any]]) -> SheetField:
    return SheetField(
        code,
        field_word(code),
        in_all(lambda: field_word(code)),
        _("Choose one from the list."),
        tuple(str(word) for word in words().values()),
        options_in_all(words),
    )


def _rank() -> SheetField:
    levels = rank_levels()
    options: dict[str, Any] = {}
    for one in levels:
        options |= {fold(word): one.id for word in (*one.names.values(), one.code, one.name())}
    return SheetField(
        "rank_level_id",
        field_word("rank_level_id"),
        in_all(lambda: field_word("rank_level_id")),
        _("Choose one from the list."),
        tuple(one.name() for one in levels),
        options,
    )


def _question(question: Question) -> SheetField:
    labels, purposes = Translated(question.labels), Translated(question.purposes)
    note = purposes.pick()
    if question.is_sealed:
        note = f"{note} " + _("Answers given before are not shown here, and stay.")
    names = frozenset({*question.labels.values(), question.code})
    code = field_name(question.code)
    if question.kind == Kind.LINE:
        return SheetField(code, labels.pick(), names, note, longest=LONGEST_LINE)
    words = tuple(Translated(one.labels).pick() for one in question.options)
    options = {
        fold(word): one.code
        for one in question.options
        for word in (*one.labels.values(), one.code, Translated(one.labels).pick())
    }
    several = _("Several answers are parted by semicolons.")
    return SheetField(
        code, labels.pick(), names, f"{note} {several}".strip(), words, options, is_many=True
    )


def _consent(purpose: str) -> SheetField:
    word = CONSENT_WORDS[purpose]
    return SheetField(
        CONSENT + purpose,
        str(word),
        in_all(lambda: word),
        _("Yes or No, as the person told you; empty where you did not ask."),
        (str(YES), str(NO)),
        yes_no(),
    )
