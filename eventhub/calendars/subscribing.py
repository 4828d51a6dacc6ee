"""The forms of a calendar's address in which programs take it as a subscription."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from markupsafe import Markup

from eventhub.i18n import _
from eventhub.printing.qr import qr_svg

QR_MM = 36


@dataclass(frozen=True, slots=True)
class Subscription:
    """A calendar's address in full, and the file's own for a download; name is the calendar's."""

    address: str
    download: str
    name: str

    @property
    def webcal(self) -> str:
        """Return the address as programs on the device itself take it."""
        return "webcal:" + self.address.partition(":")[2]

    @property
    def google(self) -> str:
        """Return the page of Google Calendar that asks whether to add it."""
        return "https://calendar.google.com/calendar/render?cid=" + quote(self.webcal, safe="")

    @property
    def outlook(self) -> str:
        """Return the page of Outlook for work and school that asks whether to add it."""
        return "https://outlook.office.com/calendar/0/addfromweb?" + self._asked()

    @property
    def outlook_at_home(self) -> str:
        """Return the page of Outlook.com that asks whether to add it."""
        return "https://outlook.live.com/calendar/0/addfromweb?" + self._asked()

    def _asked(self) -> str:
        return urlencode({"url": self.address, "name": self.name}, quote_via=quote)

    @property
    def qr(self) -> Markup:
        """Return the code that a phone's camera opens as a subscription."""
        label = _("The address of the calendar as a code for a phone")
        return Markup(qr_svg(self.webcal, label=label, size_mm=QR_MM))  # noqa: S704  (drawn by us)
