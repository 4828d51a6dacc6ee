"""Forms of speakers: those of the team, and those behind a speaker's own link."""

from collections.abc import Iterator, Sequence
from typing import Any

from wtforms import FileField, HiddenField, RadioField
from wtforms.validators import InputRequired, Optional

from eventhub.core.errors import Invalid
from eventhub.events.models import Event
from eventhub.i18n import LANGUAGES, _, lazy_gettext
from eventhub.speakers.queries import Part
from eventhub.speakers.rules import (
    LONGEST_BIOGRAPHY,
    LONGEST_LINK,
    LONGEST_NEEDS,
    LONGEST_NOTE,
    MOST_LINKS,
    MOST_WINDOWS,
    Answer,
    Window,
    is_good_link,
)
from eventhub.speakers.services import SaidWindow
from eventhub.speakers.words import PRESENCE
from eventhub.web.fields import in_languages, line_in, said, text_in, wall_field
from eventhub.web.forms import CHOOSE, BaseForm, email_field, select_field, text_field

SPARE_WINDOWS = 2
"""Empty lines that a form offers beyond the times already told."""
COMES = {"yes": lazy_gettext("I will speak"), "no": lazy_gettext("I cannot")}
AGREES = {
    "yes": lazy_gettext("Yes, show portrait, biography and links"),
    "no": lazy_gettext("No, show my name and post alone"),
}
CAN = {"yes": lazy_gettext("I can speak"), "no": lazy_gettext("I cannot speak")}


def _links_field() -> Any:
    return text_field(
        lazy_gettext("Links"),
        optional=True,
        area=True,
        longest=MOST_LINKS * (LONGEST_LINK + 1),
        description=lazy_gettext("At most three, each in a line of its own, with https://."),
    )


class BaseSpeakerForm(BaseForm):
    """Somebody on the programme; posts and biographies come per language."""

    version = HiddenField()
    printed_name = text_field(
        lazy_gettext("Name as printed"),
        description=lazy_gettext("With the form of address and the family name in capitals."),
    )
    sort_name = text_field(
        lazy_gettext("Name for the order"),
        optional=True,
        description=lazy_gettext("Family name first. Empty: as printed."),
    )
    entity = select_field(lazy_gettext("State or organization"), optional=True)
    email = email_field(
        lazy_gettext("E-mail address"),
        optional=True,
        description=lazy_gettext("For the secretariat; it is never published."),
    )
    language = select_field(lazy_gettext("Language of letters"), optional=True)
    links = _links_field()
    portrait = FileField(lazy_gettext("Portrait"))


def speaker_form(event: Event, given: dict[str, Any] | None = None) -> Any:
    """Return the form of a speaker in the event's languages."""
    form: Any = _in_languages(BaseSpeakerForm, event)(data=given or {})
    form.language.choices = {"": _("The first language of the event")} | {
        code: one.own_name for code, one in LANGUAGES.items()
    }
    return form


class OwnForm(BaseForm):
    """How a speaker wants to be printed."""

    version = HiddenField()
    printed_name = text_field(
        lazy_gettext("Name as printed"),
        description=lazy_gettext("With the form of address and the family name in capitals."),
    )
    links = _links_field()
    portrait = FileField(
        lazy_gettext("Portrait"),
        description=lazy_gettext("A photo in JPEG or PNG, of the head and shoulders."),
    )
    publishes = RadioField(
        lazy_gettext("May the pages of the event show your portrait and biography?"),
        choices=said(AGREES),
        validators=[InputRequired(CHOOSE)],
    )


def own_form(event: Event, given: dict[str, Any]) -> Any:
    """Return the form of what a speaker may correct, in the event's languages."""
    return _in_languages(OwnForm, event)(data=given)


def _in_languages(base: type[BaseForm], event: Event) -> type[BaseForm]:
    return in_languages(
        base,
        event.languages,
        posts=line_in(lazy_gettext("Post"), required=False),
        biographies=text_in(lazy_gettext("Biography"), longest=LONGEST_BIOGRAPHY),
    )


def links_of(form: Any) -> tuple[str, ...]:
    """Return the links of a form; Invalid where one is none, or there are too many."""
    found = tuple(filter(None, (line.strip() for line in (form.links.data or "").splitlines())))
    if len(found) > MOST_LINKS or not all(is_good_link(one) for one in found):
        raise Invalid(
            _("Write at most three addresses that begin with https://, each in its own line."),
            "links",
        )
    return found


def answer_form(parts: Sequence[Part]) -> Any:
    """Return a form with an answer and a note for each part."""
    fields: dict[str, Any] = {}
    given: dict[str, str] = {}
    for part in parts:
        fields[f"comes_{part.name}"] = RadioField(
            lazy_gettext("Your answer"), choices=said(COMES), validators=[Optional()]
        )
        fields[f"note_{part.name}"] = text_field(
            lazy_gettext("Note for the organiser"), optional=True, longest=LONGEST_NOTE
        )
        answer = part.slot.answer
        given[f"comes_{part.name}"] = (
            ("yes" if answer == Answer.CONFIRMED else "no") if answer else ""
        )
        given[f"note_{part.name}"] = part.slot.answer_note
    return type("AnswerForm", (BaseForm,), fields)(data=given)


def answers_of(form: Any, parts: Sequence[Part]) -> dict[str, tuple[bool, str]]:
    """Return what a form says to each part, by its name; parts without an answer are left out."""
    return {
        part.name: (form[f"comes_{part.name}"].data == "yes", form[f"note_{part.name}"].data or "")
        for part in parts
        if form[f"comes_{part.name}"].data
    }


class BaseTimesForm(BaseForm):
    """When and how a speaker can come."""

    version = HiddenField()
    presence = select_field(
        lazy_gettext("How do you take part?"), choices=said(PRESENCE), optional=True
    )
    needs = text_field(
        lazy_gettext("What you need"),
        optional=True,
        area=True,
        longest=LONGEST_NEEDS,
        description=lazy_gettext(
            "Access, interpretation, slides, sound. Only the organiser sees it; it is stored "
            "enciphered."
        ),
    )
    zone = select_field(lazy_gettext("Your time zone"))


def times_form(
    windows: Sequence[Window], zones: Sequence[tuple[str, str]], given: dict[str, Any]
) -> Any:
    """Return the form of zone, presence, needs and times, with some empty lines."""
    count = min(len(windows) + SPARE_WINDOWS, MOST_WINDOWS)
    fields: dict[str, Any] = {}
    values = dict(given)
    for place in range(1, count + 1):
        fields[f"can_{place}"] = select_field(
            lazy_gettext("At this time"), choices=said(CAN), optional=True
        )
        fields[f"starts_{place}"] = wall_field(lazy_gettext("From"), optional=True)
        fields[f"ends_{place}"] = wall_field(lazy_gettext("Until"), optional=True)
    for place, one in enumerate(windows, start=1):
        values |= {
            f"can_{place}": "yes" if one.can else "no", f"starts_{place}": one.starts,
            f"ends_{place}": one.ends,
        }  # fmt: skip
    form: Any = type("TimesForm", (BaseTimesForm,), fields)(data=values)
    form.zone.choices = list(zones)
    form.count = count
    return form


def lines_of(form: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the fields of each line of times: whether the speaker can, from, until."""
    for place in range(1, form.count + 1):
        yield form[f"can_{place}"], form[f"starts_{place}"], form[f"ends_{place}"]


def times_of(form: Any) -> tuple[list[int], tuple[SaidWindow, ...]]:
    """Return the times of a form with the places of their lines; Invalid where half is missing."""
    places, windows = [], []
    for place, (can, starts, ends) in enumerate(lines_of(form), start=1):
        if starts.data is None and ends.data is None:
            continue
        if starts.data is None or ends.data is None:
            half = f"starts_{place}" if starts.data is None else f"ends_{place}"
            raise Invalid(_("Say both, from when and until when."), half)
        places.append(place)
        windows.append(SaidWindow(can.data != "no", starts.data, ends.data))
    return places, tuple(windows)


class ChosenForm(BaseForm):
    """Some speakers, chosen on the page before."""
