"""Forms with which people find their registrations again."""

from eventhub.core.text import tidy
from eventhub.i18n import lazy_gettext
from eventhub.web.forms import BaseForm, email_field, text_field


class EmailForm(BaseForm):
    """An e-mail address."""

    email = email_field(lazy_gettext("E-mail"))


class CodeForm(BaseForm):
    """The six digits that were sent."""

    code = text_field(
        lazy_gettext("Code"),
        description=lazy_gettext("Six digits, good for 30 minutes."),
        longest=20,
        missing=lazy_gettext("Write the six digits from the e-mail."),
    )

    def digits(self) -> str:
        """Return what was typed, blanks taken out."""
        return tidy(self.code.data or "").replace(" ", "")
