"""What certificates contribute to the pages around them."""

from typing import Any

from flask import url_for

from eventhub.certificates import messages
from eventhub.certificates.personal import PERSONAL
from eventhub.certificates.queries import count_by_level, valid_of
from eventhub.certificates.services import code_of
from eventhub.core import clock
from eventhub.events.seams import STAGES, Stage, StageState
from eventhub.i18n import _, ngettext
from eventhub.mail.seams import MESSAGES
from eventhub.people.seams import PERSONAL_DATA
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.registration.rules import State
from eventhub.registration.seams import PERSONAL_PANELS, Panel
from eventhub.web.seams import NAV, NavEntry


def afterwards(event: Any) -> StageState | None:
    """Say how many certificates are issued: one statement."""
    if "certificates" not in event.switches:
        return None
    url = url_for("certificates.show_certificates", slug=event.slug)
    issued = sum(count_by_level(event.id).values())
    if issued:
        sentence = ngettext(
            "%(n)s certificate is issued.", "%(n)s certificates are issued.", issued
        )
        return StageState(True, sentence, url)
    if clock.now() < event.ends_at:
        sentence = _("Certificates follow after the last day.")
        return StageState(False, sentence, url, asks_nobody=True)
    return StageState(False, _("No certificate is issued yet."), url)


def panel(registration: Registration) -> Panel | None:
    """Return the part of the private page that holds the certificate: at most one statement."""
    if registration.state != State.ACCREDITED:
        return None
    certificate = valid_of(registration.event_id, registration.id)
    if certificate is None:
        return None
    file = url_for("certificates.fetch_own", token=token_of(registration))
    proof = url_for("certificates.verify", code=code_of(certificate))
    return Panel(
        _("Your certificate"),
        _("Whoever wants to check it scans its QR code, or opens the page that proves it."),
        ((_("Open the certificate (PDF)"), file), (_("The page that proves it"), proof)),
        40,
    )


ENTRY = NavEntry(
    "certificates.show_certificates", lambda _place: _("Certificates"), "certificate.view", 70,
    switch="certificates", prefixes=("certificates.",),
)  # fmt: skip
STAGE = Stage("after", 80, lambda: _("After"), afterwards)


def connect() -> None:
    """Put menu entry, stage and messages where pages and the worker look for them."""
    MESSAGES["certificates.ready"] = messages.word_ready
    if ENTRY not in NAV:
        NAV.append(ENTRY)
    if STAGE not in STAGES:
        STAGES.append(STAGE)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
    if panel not in PERSONAL_PANELS:
        PERSONAL_PANELS.append(panel)
