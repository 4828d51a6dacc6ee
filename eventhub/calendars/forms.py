"""Forms of one's own calendar."""

from collections.abc import Iterable

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from eventhub.calendars.words import SHOWN, alarm_words
from eventhub.i18n import lazy_gettext
from eventhub.web.fields import TicksField, language_choices, said
from eventhub.web.forms import CHOOSE, BaseForm, select_field


class ChooseForm(BaseForm):
    """Which sessions shall stand in one's own calendar."""

    sessions = TicksField(lazy_gettext("Sessions"), choices={}, validate_choice=False)


class CalendarForm(BaseForm):
    """What one's own calendar shows, in which language, with which reminders."""

    shows = RadioField(
        lazy_gettext("Sessions in it"), choices=said(SHOWN), validators=[InputRequired(CHOOSE)]
    )
    language = select_field(lazy_gettext("Language of the calendar"))
    alarm = select_field(lazy_gettext("Reminder"), choices=alarm_words, optional=True)
    by_mail = BooleanField(
        lazy_gettext("Send me changes by mail too"),
        description=lazy_gettext(
            "For calendars that cannot subscribe: each change comes as a file that moves the entry."
        ),
    )

    def offer(self, languages: Iterable[str]) -> None:
        """Offer these languages."""
        self.language.choices = language_choices(languages)
