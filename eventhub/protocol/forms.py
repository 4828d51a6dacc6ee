"""Forms of the order of States and of groups."""

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from eventhub.i18n import LANGUAGES, _, lazy_gettext
from eventhub.protocol import words
from eventhub.web.fields import language_choices, said, wall_field
from eventhub.web.forms import CHOOSE, BaseForm, select_field, text_field


class OrderForm(BaseForm):
    """How the lists of the event are ordered."""

    language = SelectField(
        lazy_gettext("Alphabetical order"),
        choices=lambda: (
            {"": str(lazy_gettext("Of the language in which a list is read"))}
            | {code: one.own_name for code, one in LANGUAGES.items() if code != "pt"}
        ),
        validators=[Optional()],
        description=lazy_gettext("Seats follow English always."),
    )
    observers = RadioField(
        lazy_gettext("Observer States"),
        choices=said(words.OBSERVERS),
        validators=[InputRequired(CHOOSE)],
        description=lazy_gettext(
            "The Holy See stays directly after the Member States, unless you place it otherwise "
            "itself."
        ),
    )
    agencies_by_protocol = BooleanField(
        lazy_gettext("Specialized agencies in protocol order (ILO, FAO, UNESCO, WHO ...)")
    )
    formal_names = BooleanField(
        lazy_gettext("Letters and name plates have formal names, where one is known")
    )
    chinese_by_strokes = BooleanField(lazy_gettext("Chinese lists by strokes instead of pinyin"))
    heads_by = RadioField(
        lazy_gettext("Heads of delegation of the same rank"),
        choices=said(words.HEADS_BY),
        validators=[InputRequired(CHOOSE)],
    )
    host_stands = RadioField(
        lazy_gettext("The head of the host's delegation stands"),
        choices=said(words.HOST_STANDS),
        validators=[InputRequired(CHOOSE)],
    )


class EntityForm(BaseForm):
    """What is said of one entity; fields of its names are added by language."""

    version = HiddenField()
    language = SelectField(
        lazy_gettext("Language of letters"),
        validators=[Optional()],
        description=lazy_gettext("Invitations, reminders and mails to it are in this language."),
    )

    def offer(self, usual: str) -> None:
        """Fill in the languages, the usual one first."""
        said = _("The usual one (%(language)s)", language=LANGUAGES[usual].own_name)
        self.language.choices = [("", said), *language_choices().items()]


class PlaceForm(EntityForm):
    """What the event says of one entity; fields of its names are added by language."""

    sorts_by_name = BooleanField(
        lazy_gettext("It stands in the alphabet under this name, not under the usual one")
    )
    block = select_field(
        lazy_gettext("Part of the list"), choices=said(words.BLOCKS), optional=False
    )
    observers = RadioField(
        lazy_gettext("This observer State stands"),
        choices=said(words.OBSERVERS, empty=lazy_gettext("As all observer States of the event")),
        validators=[Optional()],
    )


class ExtraForm(BaseForm):
    """An entity of this event alone; fields of its names are added by language."""

    block = select_field(
        lazy_gettext("Part of the list"),
        choices=said(words.BLOCKS, empty=lazy_gettext("Choose")),
    )
    code = text_field(
        lazy_gettext("Code"),
        longest=40,
        optional=True,
        description=lazy_gettext("2 to 40 capital letters or digits; empty: made from the name."),
    )


class DrawForm(BaseForm):
    """Drawing the State that sits first."""

    method = RadioField(
        lazy_gettext("How it is drawn"),
        choices=said(words.METHODS),
        validators=[InputRequired(CHOOSE)],
    )
    drawn_by = text_field(
        lazy_gettext("Who draws"),
        description=lazy_gettext("Name and post, as the record of the meeting has it."),
    )
    witness = text_field(lazy_gettext("Witness"))
    entity = select_field(lazy_gettext("State drawn by hand"), optional=True)
    drawn_at = wall_field(lazy_gettext("Drawn by hand at"), optional=True)
    reason = text_field(lazy_gettext("Why it is drawn again"), optional=True)


class GroupForm(BaseForm):
    """A group of entities; fields of its names are added by language."""


class MembersForm(BaseForm):
    """Names pasted to become members of a group, with the days of their membership."""

    names = text_field(
        lazy_gettext("States and organizations"),
        area=True,
        longest=20_000,
        description=lazy_gettext(
            "One on each line, or separated by commas or semicolons; any of six languages, "
            "formal or short names, codes."
        ),
    )
    since = DateField(lazy_gettext("Members from"), validators=[Optional()])
    until = DateField(
        lazy_gettext("Members until"),
        validators=[Optional()],
        description=lazy_gettext("The first day on which they belong no longer; empty: no end."),
    )


class MemberForm(BaseForm):
    """The days of one membership."""

    since = DateField(lazy_gettext("From"), validators=[Optional()])
    until = DateField(
        lazy_gettext("Until"),
        validators=[Optional()],
        description=lazy_gettext("The first day on which it belongs no longer."),
    )
