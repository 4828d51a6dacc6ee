"""How the key that signs certificates does, for the site administrator's pages."""

from dataclasses import dataclass

from eventhub.config import Settings
from eventhub.core import clock
from eventhub.i18n import _
from eventhub.i18n.times import plain_day
from eventhub.signing.signer import SigningRefused, key_of


@dataclass(frozen=True, slots=True)
class SigningState:
    """Whether certificates are signed: a word, its tone (of marks.html), and what to know or do."""

    word: str
    tone: str
    sentence: str

    @property
    def asks(self) -> bool:
        """Tell whether somebody has to do something."""
        return self.tone in ("attention", "stop")


def state_of_signing(settings: Settings) -> SigningState:
    """Return how the key does now; it is read anew."""
    now = clock.now()
    try:
        key = key_of(settings)
        if key is not None:
            key.refuse_outside_its_time(now)
    except SigningRefused as error:
        return SigningState(_("Does not sign"), "stop", str(error))
    if key is None:
        sentence = _("Certificates are proved by QR code, code and file. No signing key is set.")
        return SigningState(_("Off"), "quiet", sentence)
    day = plain_day(key.ends_at.date())
    if key.ends_soon(now):
        sentence = _(
            "Signs for %(holder)s only until %(day)s: ask for the next key now.",
            holder=key.holder, day=day,
        )  # fmt: skip
        return SigningState(_("Ends soon"), "attention", sentence)
    sentence = _("Signs for %(holder)s until %(day)s.", holder=key.holder, day=day)
    return SigningState(_("In use"), "good", sentence)
