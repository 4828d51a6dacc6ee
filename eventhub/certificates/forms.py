"""Forms of certificates: what is asked for, revoking, typing a code."""

from wtforms import FileField, HiddenField
from wtforms.validators import InputRequired

from eventhub.core.text import tidy
from eventhub.i18n import lazy_gettext
from eventhub.web.forms import BaseForm, email_field, text_field


class PolicyForm(BaseForm):
    """Who signs."""

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
