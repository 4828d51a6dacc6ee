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


FILTERS = ("all", "waiting", "issued", "withdrawn", "short")


def filter_word(code: str) -> str:
    """Say whom a filter of the list shows."""
    return {
        "all": _("Everybody"),
        "waiting": _("Reached a level, has none yet"),
        "issued": _("Has a certificate"),
        "withdrawn": _("Withdrawn, or proposed to be"),
        "short": _("Reached no level"),
    }[code]


def state_word(code: str) -> str:
    """Say in which state a certificate is."""
    return {
        "valid": _("Valid"),
        "replaced": _("Certificate replaced"),
        "revoked": _("Certificate withdrawn"),
    }[code]
