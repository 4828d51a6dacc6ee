"""Forms of invitations, claims, official letters and notes."""

from collections.abc import Iterable
from typing import Any, Self

from wtforms import DateField, FileField, HiddenField, RadioField
from wtforms.validators import InputRequired, Optional

from eventhub.delegations import words
from eventhub.i18n import _, lazy_gettext, ngettext, pgettext
from eventhub.web.fields import TicksField, day_field, every_language, said
from eventhub.web.forms import CHOOSE, BaseForm, email_field, select_field, text_field

OWN_LANGUAGE = "own"
"""Chosen in place of a language: each invitation speaks that of its addressee."""


class PrepareForm(BaseForm):
    """Form, language, numbers and date of invitations to be prepared."""

    form = select_field(lazy_gettext("Form"), choices=said(words.FORMS))
    language = select_field(
        lazy_gettext("Language"),
        choices=lambda: {
            OWN_LANGUAGE: str(
                lazy_gettext("Of each addressee: its own, else the official one of its country")
            ),
            **every_language(),
        },
    )
    numbering = text_field(
        lazy_gettext("Reference number"),
        longest=60,
        description=lazy_gettext("{n} becomes the number in a row, {year} the year."),
    )
    dated_on = day_field(lazy_gettext("Date of the letters"))


class InviteMoreForm(BaseForm):
    """Whom to invite: names in any language, one to a line, or a group."""

    names = text_field(
        lazy_gettext("States and organizations"),
        description=lazy_gettext("One to a line, in any of six languages, or their codes."),
        longest=20_000,
        area=True,
        optional=True,
    )
    group = select_field(lazy_gettext("All of a group"), optional=True, choices={})

    def offer(self, groups: Iterable[tuple[str, str]]) -> Self:
        """Fill in the groups that the event may use: code and name."""
        self.group.choices = {"": pgettext("group", "None"), **dict(groups)}
        return self


class ChangeInvitationForm(BaseForm):
    """What one invitation says of itself."""

    version = HiddenField()
    form = select_field(lazy_gettext("Form"), choices=said(words.FORMS))
    language = select_field(lazy_gettext("Language"), choices=every_language)
    reference_no = text_field(lazy_gettext("Reference number"), longest=80)
    dated_on = day_field(lazy_gettext("Date"))


class ClaimForm(BaseForm):
    """The code of a delegation, and who claims it."""

    code = text_field(
        lazy_gettext("Code of the delegation"),
        longest=40,
        description=lazy_gettext("Ten letters and figures, as in the invitation."),
    )
    name = text_field(lazy_gettext("Your name"))
    email = email_field(
        lazy_gettext("Your e-mail address"),
        description=lazy_gettext("We send a code there now, to make sure that it is yours."),
    )
    phone = text_field(lazy_gettext("Your telephone number"), longest=60)


class ProveForm(BaseForm):
    """The six digits sent by mail."""

    code = text_field(
        lazy_gettext("Code from the e-mail"),
        longest=20,
        description=lazy_gettext("Six digits; they are good for 30 minutes."),
    )


class LetterForm(BaseForm):
    """An official letter to be sent to the secretariat."""

    file = FileField(
        lazy_gettext("File of the letter"),
        description=lazy_gettext("PDF, JPEG or PNG, up to 10 MB."),
        validators=[InputRequired(lazy_gettext("Choose the file of the letter."))],
    )
    kind = select_field(lazy_gettext("Kind"), choices=said(words.LETTER_KINDS))
    reference_no = text_field(lazy_gettext("Reference number"), longest=80, optional=True)
    dated_on = DateField(lazy_gettext("Date of the letter"), validators=[Optional()])
    signatory = text_field(lazy_gettext("Signed by"), optional=True)
    languages = TicksField(lazy_gettext("Languages"), choices=every_language)
    supersedes = select_field(lazy_gettext("It replaces"), optional=True)
    names = RadioField(
        lazy_gettext("Whom the letter names"), choices=[], validators=[InputRequired(CHOOSE)]
    )

    def offer_names(self, people: int, *, default: str) -> None:
        """Offer whom the letter may name; without people there is nothing to choose."""
        if not people:
            del self.names
            return
        everybody = ngettext("All of the delegation: %(n)s person",
                             "All of the delegation: %(n)s people", people)  # fmt: skip
        self.names.choices = {
            "all": everybody,
            "ticked": _("Those ticked below"),
            "nobody": _("Nobody of them, the focal point only"),
        }
        self.names.data = self.names.data or default

    def details(self) -> dict[str, Any]:
        """Return what the service takes, without the file and the letter replaced."""
        return {
            "kind": self.kind.data,
            "reference_no": self.reference_no.data or "",
            "dated_on": self.dated_on.data,
            "signatory": self.signatory.data or "",
            "languages": self.languages.data or [],
        }


class RefuseForm(BaseForm):
    """Why a letter does not count."""

    reason = select_field(
        lazy_gettext("Reason"), choices=said(words.REFUSALS, empty=lazy_gettext("Choose one"))
    )
    text = text_field(lazy_gettext("What the delegation should do"), optional=True)


class LetterTextForm(BaseForm):
    """The text of a kind of letter; the field of its language is added."""

    version = HiddenField()
    shown_for = select_field(
        lazy_gettext("Shown for"),
        optional=True,
        description=lazy_gettext("The preview is filled in with this delegation's data."),
    )
