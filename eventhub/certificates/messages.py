"""What certificates say, on paper, on the page and by mail."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from eventhub.agenda.models import Speaker
from eventhub.certificates.models import Certificate
from eventhub.core.db import db
from eventhub.i18n import Translated, _
from eventhub.i18n.times import plain_day, span
from eventhub.keys import links
from eventhub.mail.seams import Letter
from eventhub.mail.services import Addressed, send
from eventhub.mail.wording import letter
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.web.urls import absolute

SPEAKERS_LINK = "certificate"
"""The kind of link by which a speaker fetches the certificate of appreciation."""


def title_of(level: str) -> str:
    """Say what the document is called."""
    return {
        "attendance": _("Certificate of attendance"),
        "participation": _("Certificate of participation"),
        "completion": _("Certificate of completion"),
        "appreciation": _("Certificate of appreciation"),
    }[level]


def hours(quarter_hours: int) -> str:
    """Write hours in quarters: 23, 22.75."""
    return f"{quarter_hours / 4:.2f}".rstrip("0").rstrip(".")


def document_words(certificate: Certificate) -> dict[str, str]:
    """Return the sentences of the document in the present language."""
    shown: Mapping[str, Any] = certificate.shown
    return {**same_words(certificate.level, shown), **own_words(certificate)}


def same_words(level: str, shown: Mapping[str, Any]) -> dict[str, str]:
    """Return what all documents of one level and event say, in the present language."""
    order = shown["fallback"]
    days = span(date.fromisoformat(shown["starts_on"]), date.fromisoformat(shown["ends_on"]))
    sentence = {
        "attendance": _("attended"),
        "participation": _("took part in"),
        "completion": _("has successfully completed"),
        "appreciation": _("contributed to"),
    }[level]
    return {
        "title": title_of(level),
        "institution": Translated(shown["institution"]).pick(None, order),
        "certifies": _("This is to certify that"),
        "sentence": sentence,
        "event": Translated(shown["event"]).pick(None, order),
        "when": _(
            "%(city)s, %(days)s", city=Translated(shown["city"]).pick(None, order), days=days
        ),
        "credits": Translated(shown.get("credits", {})).pick(None, order),
        "verify": _("Check this certificate at"),
    }


def own_words(certificate: Certificate) -> dict[str, str]:
    """Return what one person's document says, in the present language."""
    shown: Mapping[str, Any] = certificate.shown
    order = shown["fallback"]
    counted = shown["by_hours"] and certificate.quarter_hours > 0
    titles = [Translated(one).pick(None, order) for one in shown.get("sessions", ())]
    return {
        "entity": Translated(shown["entity"]).pick(None, order),
        "hours": _("%(hours)s hours", hours=hours(certificate.quarter_hours)) if counted else "",
        "sessions": "\n".join(titles),
        "issued": _("Issued on %(day)s", day=plain_day(date.fromisoformat(shown["issued_on"]))),
    }


def ready(certificates: Sequence[Certificate]) -> None:
    """Tell the holders of one event by mail, with a link rather than the file (R5.9)."""
    people = _rows(Registration, [one.registration_id for one in certificates])
    speakers = _rows(Speaker, [one.speaker_id for one in certificates])
    to, event_id = [], None
    for one in certificates:
        who = people.get(one.registration_id or 0) or speakers.get(one.speaker_id or 0)
        if who is not None and who.email:
            language = who.language or one.shown["fallback"][0]
            to.append(Addressed(who.email, language, {"certificate": one.id}))
            event_id = one.event_id
    send("certificates.ready", to, event_id=event_id)


def _rows(model: type[Any], wanted: Iterable[int | None]) -> dict[int, Any]:
    ids = {one for one in wanted if one is not None}
    found = db.session.scalars(select(model).where(model.id.in_(ids))) if ids else ()
    return {row.id: row for row in found}


def word_ready(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Word the mail that a certificate is ready."""
    certificate = db.session.get(Certificate, ids["certificate"])
    if certificate is None or certificate.state != "valid" or certificate.event_id != event_id:
        return None
    link = link_of(certificate)
    if link is None:
        return None
    said = document_words(certificate)
    return letter(
        "certificates/ready", said=said, name=certificate.shown["name"], link=link,
        serial=certificate.serial, institution=said["institution"],
    )  # fmt: skip


def link_of(certificate: Certificate) -> str | None:
    """Return the address under which the holder alone gets the file; None without a holder."""
    person = db.session.get(Registration, certificate.registration_id or 0)
    if person is not None:
        return absolute("certificates.fetch_own", token=token_of(person))
    speaker = db.session.get(Speaker, certificate.speaker_id or 0)
    if speaker is None:
        return None
    token = links.token(SPEAKERS_LINK, speaker.ref)
    return absolute("certificates.fetch_as_speaker", token=token)
