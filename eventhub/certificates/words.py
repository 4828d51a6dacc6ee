"""Certificates in words."""

from eventhub.i18n import _


def refusal_word(code: str) -> str:
    """Say why a certificate cannot be withdrawn."""
    return {
        "not_valid": _("This certificate is no longer valid."),
        "pending": _("Its withdrawal is proposed already and waits for a second person."),
        "no_reason": _("Say why: the reason is kept with the certificate."),
        "not_pending": _("Nobody proposes to withdraw it any more. Reload the page."),
        "second_person": _("You proposed this yourself. A second person has to confirm it."),
    }[code]
