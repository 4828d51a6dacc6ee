"""The form that asks for a print run."""

from wtforms import RadioField

from eventhub.i18n import lazy_gettext
from eventhub.web.forms import BaseForm


class RunForm(BaseForm):
    """Whose badges: all, those not printed yet, or one category (its ref)."""

    what = RadioField(lazy_gettext("Whose badges"), default="new")
