"""What credentials say, in the language of their certificates."""

from dataclasses import dataclass

from eventhub.certificates.messages import document_words
from eventhub.certificates.models import Certificate
from eventhub.i18n import _, use


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a credential: what it is, for what, from whom."""

    language: str
    title: str
    event: str
    when: str
    institution: str
    criteria: str


def said_of(certificate: Certificate) -> Said:
    """Return the words of a certificate's credential, in the first language of its document."""
    language = certificate.shown["languages"][0]
    with use(language):
        words = document_words(certificate)
        return Said(
            language, words["title"], words["event"], words["when"], words["institution"],
            _criteria(certificate),
        )  # fmt: skip


def _criteria(certificate: Certificate) -> str:
    """Say what the level asks of everybody who reaches it."""
    by_hours = bool(certificate.shown["by_hours"])
    return {
        "attendance": _("Was checked in at the event."),
        "participation": _("Attended the share of the sessions that the institution asks for.")
        if by_hours
        else _("Was checked in at the event."),
        "completion": _(
            "Attended the sessions that the institution asks for, and met its further conditions."
        ),
        "appreciation": _("Contributed to the event."),
    }[certificate.level]
