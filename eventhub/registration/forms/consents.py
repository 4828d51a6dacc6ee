"""What people agree to, each purpose on its own, nothing ticked beforehand (R7.5)."""

from wtforms import BooleanField

from eventhub.i18n import lazy_gettext
from eventhub.web.forms import BaseForm


class ConsentForm(BaseForm):
    """Purposes that are not needed to take part."""

    photo_filming = BooleanField(
        lazy_gettext("I may be photographed and filmed at the event"),
    )
    list_of_participants = BooleanField(
        lazy_gettext("My name, title and organization may stand in the list of participants"),
        description=lazy_gettext(
            "Members of official delegations stand in it in any case, as is the practice of "
            "intergovernmental meetings."
        ),
    )
    partners = BooleanField(
        lazy_gettext("My name and e-mail may be passed on to the co-hosts"),
    )
    next_events = BooleanField(
        lazy_gettext("You may write to me about later events"),
    )
