"""Forms of the secretariat's calls: what was said, whom to call, how a delegation replied."""

from wtforms import DateField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from eventhub.delegations.words import NOTES, REPLIES
from eventhub.i18n import lazy_gettext
from eventhub.web.fields import said
from eventhub.web.forms import CHOOSE, BaseForm, email_field, text_field


class NoteForm(BaseForm):
    """A call or a note, and what comes next."""

    kind = RadioField(
        lazy_gettext("What it is"),
        choices=said(NOTES),
        default="call",
        validators=[InputRequired(CHOOSE)],
    )
    phone = text_field(lazy_gettext("Number called"), longest=60, optional=True)
    text = text_field(lazy_gettext("What was said"), longest=2000, area=True)
    next_step = text_field(lazy_gettext("Next step"), optional=True)
    next_step_on = DateField(lazy_gettext("Due"), validators=[Optional()])


class ContactForm(BaseForm):
    """Somebody to write to or call."""

    name = text_field(lazy_gettext("Name"), optional=True)
    function = text_field(lazy_gettext("Office"), optional=True)
    email = email_field(lazy_gettext("E-mail address"), optional=True)
    phone = text_field(lazy_gettext("Telephone"), longest=60, optional=True)


class ReplyForm(BaseForm):
    """How the delegation replied."""

    reply = SelectField(
        lazy_gettext("Reply"), choices=said(REPLIES), validators=[InputRequired(CHOOSE)]
    )
