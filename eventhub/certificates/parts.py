"""What certificates contribute to the pages around them."""

from typing import Any

from flask import url_for

from eventhub.agenda.models import Speaker
from eventhub.certificates import messages
from eventhub.certificates.messages import link_of
from eventhub.certificates.models import Signatory
from eventhub.certificates.personal import PERSONAL
from eventhub.certificates.queries import (
    count_by_level,
    signatories_of,
    valid_of_speaker,
    valid_or_design,
)
from eventhub.certificates.rules import Design
from eventhub.certificates.services import code_of, is_open
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id
from eventhub.events.seams import CLONE_STEPS, STAGES, IdMap, Stage, StageState, clones
from eventhub.i18n import _, ngettext
from eventhub.mail.seams import MESSAGES
from eventhub.people.seams import PERSONAL_DATA
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.registration.rules import State
from eventhub.registration.seams import PERSONAL_PANELS, Panel
from eventhub.speakers.seams import NEXT_STEPS, Step
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
    """Return the part of the private page that holds the certificate: one statement."""
    if registration.state != State.ACCREDITED:
        return None
    event = get_event_by_id(registration.event_id)
    certificate, design = valid_or_design(event, registration.id)
    if certificate is None:
        return _asking(registration, event, design)
    file = url_for("certificates.fetch_own", token=token_of(registration))
    proof = url_for("certificates.verify", code=code_of(certificate))
    return Panel(
        _("Your certificate"),
        _("Whoever wants to check it scans its QR code, or opens the page that proves it."),
        ((_("Open the certificate (PDF)"), file), (_("The page that proves it"), proof)),
        40,
    )


def _asking(registration: Registration, event: Event, design: Design) -> Panel | None:
    """Return the way to ask for a certificate where the event gives it on request."""
    if not is_open(event, now=clock.now(), design=design):
        return None
    url = url_for("certificates.show_own", token=token_of(registration))
    return Panel(
        _("Your certificate"), _("You can have a certificate made."),
        ((_("Ask for my certificate"), url),), 40,
    )  # fmt: skip


@clones("certificate_signatory")
def copy_signatories(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy who signs; a scanned signature was permitted for the other event alone."""
    for one in signatories_of(from_event_id):
        db.session.add(
            Signatory(event_id=to_event_id, place=one.place, names=one.names, titles=one.titles)
        )
    db.session.flush()


def speaker_step(event: Event, speaker: Speaker, _token: str) -> Step | None:
    """Return the way from a speaker's own page to the certificate of appreciation."""
    certificate = valid_of_speaker(event.id, speaker.id)
    url = link_of(certificate) if certificate else None
    if url is None:
        return None
    return Step(_("Your certificate is ready."), _("Open the certificate (PDF)"), url)


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
    if copy_signatories not in CLONE_STEPS:
        CLONE_STEPS.append(copy_signatories)
    if speaker_step not in NEXT_STEPS:
        NEXT_STEPS.append(speaker_step)
    if panel not in PERSONAL_PANELS:
        PERSONAL_PANELS.append(panel)
