"""Forms of certificates: what is asked for, revoking, typing a code."""

from wtforms import BooleanField, FileField, HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from eventhub.core.text import tidy
from eventhub.i18n import lazy_gettext
from eventhub.web.forms import BaseForm, email_field, text_field


class PolicyForm(BaseForm):
    """What participation and completion ask for; shares and scores in per cent."""

    by_hours = BooleanField(
        lazy_gettext("Count hours per session (otherwise one check-in is enough)")
    )
    participation = IntegerField(
        lazy_gettext("Participation from, % of the credited time"),
        validators=[NumberRange(1, 100, lazy_gettext("Write a number from 1 to 100."))],
    )
    completion = IntegerField(
        lazy_gettext("Completion from, % of the credited time"),
        description=lazy_gettext("Leave it empty where nobody completes."),
        validators=[Optional(), NumberRange(1, 100, lazy_gettext("Write a number from 1 to 100."))],
    )
    mandatory = text_field(
        lazy_gettext("Sessions nobody may miss"), optional=True,
        description=lazy_gettext("Codes, separated by blanks, such as M1 M5."),
    )  # fmt: skip
    post_test = IntegerField(
        lazy_gettext("Test passed from, %"),
        description=lazy_gettext("Leave it empty where there is no test."),
        validators=[Optional(), NumberRange(1, 100, lazy_gettext("Write a number from 1 to 100."))],
    )
    survey = BooleanField(lazy_gettext("The survey must be sent (its content does not count)"))
    signatories = text_field(
        lazy_gettext("Who signs"), optional=True, area=True, longest=600,
        description=lazy_gettext("One a line, up to three: name, then a comma, then the title."),
    )  # fmt: skip


class RevokeForm(BaseForm):
    """Why a certificate is withdrawn."""

    reason = text_field(lazy_gettext("Why it is withdrawn"), longest=250)


class CodeForm(BaseForm):
    """A verification code as printed on the paper."""

    code = text_field(
        lazy_gettext("Code on the certificate"),
        longest=60,
        missing=lazy_gettext("Type the code as it stands on the certificate."),
        description=lazy_gettext("16 letters and digits, with or without dashes."),
    )


class FileForm(BaseForm):
    """A certificate as a file; `sha256` is its digest where the browser worked it out itself."""

    file = FileField(
        lazy_gettext("The certificate as a PDF"),
        description=lazy_gettext("It is compared with the one that was issued, and not kept."),
        validators=[InputRequired(lazy_gettext("Choose the PDF that you want to check."))],
    )
    sha256 = HiddenField()


class AddressForm(BaseForm):
    """The e-mail address to which certificates were sent."""

    email = email_field(lazy_gettext("E-mail"))


class DigitsForm(BaseForm):
    """The six digits that were sent to the address."""

    code = text_field(
        lazy_gettext("Code"),
        description=lazy_gettext("Six digits, good for 15 minutes."),
        longest=20,
        missing=lazy_gettext("Write the six digits from the e-mail."),
    )

    def digits(self) -> str:
        """Return what was typed, blanks taken out."""
        return tidy(self.code.data or "").replace(" ", "")
