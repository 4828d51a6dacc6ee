"""Forms of certificates: what is asked for, revoking, typing a code."""

from wtforms import BooleanField, DateField, FileField, HiddenField
from wtforms.validators import InputRequired, Optional

from eventhub.core.text import tidy
from eventhub.i18n import _, lazy_gettext
from eventhub.web.forms import BaseForm, email_field, select_field, text_field


class DesignForm(BaseForm):
    """What the documents look like."""

    first = select_field(lazy_gettext("Language"))
    second = select_field(
        lazy_gettext("Second language"), optional=True,
        description=lazy_gettext("Both stand side by side."),
    )  # fmt: skip
    layout = select_field(
        lazy_gettext("Paper"),
        choices=lambda: {"landscape": _("A4, landscape"), "portrait": _("A4, portrait")},
    )
    on_request = BooleanField(
        lazy_gettext("Holders ask for it themselves on their page, once the event is over")
    )
    credits = text_field(
        lazy_gettext("Credits"), optional=True, longest=200,
        description=lazy_gettext(
            "Only for an accredited body, such as: 12 CPD credits. Leave it empty otherwise."
        ),
    )  # fmt: skip


class SignatoryForm(BaseForm):
    """Who signs at one place; names and titles in each language are added."""

    version = HiddenField()
    picture = FileField(
        lazy_gettext("Scanned signature"),
        description=lazy_gettext(
            "PNG or JPEG, up to 1 MB. It is kept sealed. The one that is kept stays otherwise."
        ),
    )
    permitted_by = text_field(
        lazy_gettext("Who permitted its use"), optional=True, longest=200,
        description=lazy_gettext(
            "It is printed only with this permission. Empty it, and certificates issued from now "
            "on have a blank line instead."
        ),
    )  # fmt: skip
    permitted_on = DateField(lazy_gettext("Permitted on"), validators=[Optional()])


class RunForm(BaseForm):
    """To whom certificates are issued."""

    what = select_field(lazy_gettext("To whom"))
    tells = BooleanField(lazy_gettext("Send each holder a mail with the link"), default=True)


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
