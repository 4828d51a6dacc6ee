"""Making credentials, achievements and status lists, each signed when it is asked for."""

from datetime import UTC, date, datetime
from typing import Any

from eventhub.certificates.models import Certificate
from eventhub.certificates.rules import grouped
from eventhub.certificates.services import code_of
from eventhub.core.db import db
from eventhub.credentials.issuer import did, newest_key
from eventhub.credentials.messages import Said, said_of
from eventhub.credentials.proofs import proved
from eventhub.credentials.queries import begun_at, in_force
from eventhub.credentials.rules import encoded_list, place_of
from eventhub.credentials.vocabulary import CREDENTIALS_V2, OPEN_BADGES
from eventhub.events.models import Event
from eventhub.web.urls import absolute, base_url

_KINDS = {"completion": "CertificateOfCompletion"}
"""Kinds of achievement as Open Badges calls them; the others are plain certificates."""


def make_credential(certificate: Certificate) -> dict[str, Any]:
    """Return the signed credential of a certificate: the same each time, by the newest key."""
    said = said_of(certificate)
    code = grouped(code_of(certificate))
    proof_page = absolute("certificates.verify", code=code)
    shown = certificate.shown
    subject = {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject", "hashed": False, "identityType": "name",
                "identityHash": shown["name"],
            }
        ],
        "activityStartDate": _midnight(shown["starts_on"]),
        "activityEndDate": _midnight(shown["ends_on"]),
        "achievement": make_achievement(certificate, said),
    }  # fmt: skip
    if shown["by_hours"] and certificate.quarter_hours:
        subject["creditsEarned"] = certificate.quarter_hours / 4
    document = {
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": absolute("credentials.fetch_credential", code=code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{said.title}: {said.event}",
        "issuer": {"id": did(), "type": ["Profile"], "name": said.institution, "url": base_url()},
        "validFrom": _instant(certificate.issued_at),
        "credentialSubject": subject,
        "evidence": [{"id": proof_page, "type": ["Evidence"], "name": said.title}],
        "credentialStatus": _status(certificate.id),
    }
    return proved(document, *newest_key())


def make_achievement(certificate: Certificate, said: Said) -> dict[str, Any]:
    """Return what a certificate is for: a level of its event, as Open Badges words it."""
    event = db.session.get_one(Event, certificate.event_id)
    level = certificate.level
    return {
        "id": absolute("credentials.fetch_achievement", event=event.ref, level=level),
        "type": ["Achievement"],
        "achievementType": _KINDS.get(level, "Certificate"),
        "name": f"{said.title}: {said.event}",
        "description": f"{said.event}, {said.when}",
        "criteria": {"narrative": said.criteria},
        "inLanguage": said.language,
    }


def make_status_list(number: int) -> dict[str, Any]:
    """Return the signed status list of a number from 1; NotFound where nothing stands in it."""
    begun = begun_at(number)
    url = _list_url(number)
    document = {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did(),
        "validFrom": _instant(begun),
        "credentialSubject": {
            "id": f"{url}#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
            "encodedList": encoded_list(in_force(number)),
        },
    }  # fmt: skip
    return proved(document, *newest_key())


def _status(certificate_id: int) -> dict[str, str]:
    number, index = place_of(certificate_id)
    url = _list_url(number)
    return {
        "id": f"{url}#{index}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": str(index), "statusListCredential": url,
    }  # fmt: skip


def _list_url(number: int) -> str:
    return absolute("credentials.fetch_status_list", name=f"list-{number}")


def _instant(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _midnight(day: str) -> str:
    """Return a day as Open Badges wants it, an instant: its beginning in UTC."""
    return f"{date.fromisoformat(day).isoformat()}T00:00:00Z"
