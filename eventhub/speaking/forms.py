"""Forms of the list of speakers."""

from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from eventhub.i18n import lazy_gettext
from eventhub.speaking import words
from eventhub.web.fields import count_field, said, wall_field
from eventhub.web.forms import CHOOSE, FILL_IN, BaseForm, select_field, text_field


def _seconds(label: Any, least: int, most: int, description: Any = "") -> IntegerField:
    said = lazy_gettext("Write a number from %(least)s to %(most)s.", least=least, most=most)
    return IntegerField(
        label,
        validators=[InputRequired(FILL_IN), NumberRange(least, most, said)],
        description=description,
    )


class ListForm(BaseForm):
    """How a list is run: limits in seconds, its order, what is shown."""

    version = HiddenField()
    limit_s = _seconds(
        lazy_gettext("Seconds for a statement"),
        10,
        3600,
        lazy_gettext("180 seconds are about 330 words."),
    )
    group_limit_s = _seconds(lazy_gettext("Seconds for a statement of a group"), 10, 3600)
    turnover_s = _seconds(lazy_gettext("Seconds between two speakers"), 0, 600)
    warning_s = _seconds(lazy_gettext("Warn when so many seconds are left"), 0, 600)
    minutes = IntegerField(
        lazy_gettext("Minutes for the whole list"),
        validators=[
            Optional(),
            NumberRange(1, 1440, lazy_gettext("Write a number from 1 to 1440.")),
        ],
        description=lazy_gettext("Left empty: as long as the session, without its breaks."),
    )
    ordering = RadioField(
        lazy_gettext("Order of speakers"),
        choices=said(words.ORDERS),
        validators=[InputRequired(CHOOSE)],
    )
    observers_apart = BooleanField(
        lazy_gettext("Observer States and the European Union speak after the Member States")
    )
    shows_names = BooleanField(
        lazy_gettext("Show the names of speakers in the room and on the public list"),
        description=lazy_gettext("Otherwise the State or organization stands there alone."),
    )


class WishForm(BaseForm):
    """A request for the floor, as a delegation makes it."""

    version = HiddenField()
    speaker = text_field(
        lazy_gettext("Who will speak"),
        optional=True,
        description=lazy_gettext("Title and name. This may change until the floor is given."),
    )
    rank = select_field(lazy_gettext("Rank of the speaker"))
    for_group = text_field(
        lazy_gettext("On behalf of a group"),
        optional=True,
        description=lazy_gettext("Its name, where the statement is not for the delegation alone."),
    )
    language = select_field(lazy_gettext("Language of the statement"), optional=True)


class RequestForm(WishForm):
    """A request for the floor, as the secretariat enters it."""

    entity = select_field(lazy_gettext("State or organization"), optional=True)
    body = text_field(
        lazy_gettext("Or somebody else"),
        optional=True,
        description=lazy_gettext("For who is not in the list above."),
    )
    block = select_field(lazy_gettext("Speaks with"), choices=said(words.BLOCKS), optional=True)
    gender = select_field(
        lazy_gettext("Gender of the speaker"),
        choices=said(words.GENDERS, empty=lazy_gettext("Not said")),
        optional=True,
        description=lazy_gettext("Read for the balanced order alone, and never shown."),
    )
    received = wall_field(
        lazy_gettext("Received"),
        optional=True,
        description=lazy_gettext("On the clocks of the event. Left empty: now."),
    )
    chair = text_field(
        lazy_gettext("Decision of the chair"),
        optional=True,
        description=lazy_gettext("The list is closed. Say why this request is still let in."),
    )


class OwnWishForm(WishForm):
    """A request that a focal point makes, for one of the open lists."""

    session = select_field(lazy_gettext("Session"))


class MoveForm(BaseForm):
    """To which place, and why."""

    place = count_field(lazy_gettext("Place on the list"))
    reason = text_field(lazy_gettext("Why"), missing=lazy_gettext("Say why."))


class SwapForm(BaseForm):
    """With whom."""

    other = select_field(lazy_gettext("Swap with"))


class ReasonForm(BaseForm):
    """Why something is done; it may be left out."""

    reason = text_field(lazy_gettext("Why"), optional=True)


class OperateForm(BaseForm):
    """What the operator presses, and what was seen when it was pressed."""

    live = HiddenField()
