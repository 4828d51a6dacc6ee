"""Forms around designs; the elements themselves are in `editing`."""

from wtforms import BooleanField, FileField, RadioField, SelectField

from eventhub.designs import words
from eventhub.i18n import lazy_gettext
from eventhub.web.fields import TicksField, said
from eventhub.web.forms import BaseForm, text_field


class NewForm(BaseForm):
    """A copy of a ready design, with what its back says."""

    start = SelectField(lazy_gettext("Start from"))
    name = text_field(
        lazy_gettext("Name of the design"), longest=120,
        description=lazy_gettext("Like “Delegates” or “Press”; it is not printed."),
    )  # fmt: skip
    emergency = text_field(words.HELP["emergency"], longest=80, optional=True)
    hotline = text_field(words.HELP["hotline"], longest=80, optional=True)
    wifi = text_field(words.HELP["wifi"], longest=80, optional=True)
    lost = text_field(words.HELP["lost"], longest=80, optional=True)


class ImportForm(BaseForm):
    """A design that was exported."""

    file = FileField(lazy_gettext("File of a design (JSON)"))


class EditForm(BaseForm):
    """What an edited design carries besides its elements."""

    name = text_field(lazy_gettext("Name of the design"), longest=120)
    size = SelectField(lazy_gettext("Size"))
    on_a4 = BooleanField(lazy_gettext("Several on A4, with crop marks"))


class UseForm(BaseForm):
    """Whose badges a design is for."""

    is_default = BooleanField(lazy_gettext("For everybody who has no other design"))
    categories = TicksField(lazy_gettext("For these categories"))


class PictureForm(BaseForm):
    """A logo or a floor plan."""

    file = FileField(lazy_gettext("Picture (PNG, JPEG or SVG)"))
    kind = RadioField(
        lazy_gettext("What it is"), default="logo",
        choices=said(words.PICTURES),
    )  # fmt: skip
    face = RadioField(lazy_gettext("Where"), choices=said(words.FACES), default="front")


class PlatesForm(BaseForm):
    """For whom name plates are printed."""

    who = SelectField(lazy_gettext("For whom"))
    head = BooleanField(lazy_gettext("With the name of the head of delegation"))
