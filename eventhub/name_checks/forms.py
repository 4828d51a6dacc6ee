"""The form that confirms a name."""

from wtforms import HiddenField

from eventhub.web.forms import BaseForm


class ConfirmForm(BaseForm):
    """`seen` is the digest of the forms that the page showed."""

    seen = HiddenField()
