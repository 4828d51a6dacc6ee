"""What people agree to, each purpose on its own, nothing ticked beforehand (R7.5)."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from eventhub.i18n import lazy_gettext
from eventhub.web.forms import BaseForm

TELL_THEM = lazy_gettext("Say that these people know what is kept of them, or inform them first.")


def informed_field(*, is_required: bool = True) -> BooleanField:
    """Return the declaration of whoever enters other people (R7.5)."""
    return BooleanField(
        lazy_gettext(
            "I have told these people what is kept of them and why, and I may enter them."
        ),
        description=lazy_gettext(
            "Whoever has an e-mail address gets a message with a private page of their own."
        ),
        validators=[InputRequired(TELL_THEM)] if is_required else [],
    )


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
