"""Making institutions and changing them."""

from collections.abc import Sequence
from typing import Any

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.entities.queries import get_entity
from eventhub.i18n import LANGUAGES, Translated, _
from eventhub.institutions.models import Institution
from eventhub.institutions.rules import KINDS
from eventhub.web.zones import zone_names


def create_institution(
    names: Translated,
    *,
    kind: str,
    zone: str,
    contact_email: str,
    country: str | None = None,
    city: str = "",
    languages: Sequence[str] = ("en",),
    actor: Actor,
) -> Institution:
    """Make an institution; `country` is the code of an entity."""
    _check(names, kind, zone, languages)
    institution = Institution(
        names=names,
        kind=kind,
        zone=zone,
        contact_email=contact_email,
        country_id=get_entity(country).id if country else None,
        city=city,
        languages=list(languages),
    )
    db.session.add(institution)
    db.session.flush()
    changes = {"names": (None, dict(names)), "kind": (None, kind)}
    subject = Subject("institution", institution.ref, changes)
    record(actor, "institution.create", [subject], event_id=None)
    return institution


def change_institution(
    institution: Institution,
    *,
    version: int,
    names: Translated,
    kind: str,
    zone: str,
    contact_email: str,
    country: str | None,
    city: str,
    languages: Sequence[str],
    actor: Actor,
) -> None:
    """Change an institution; Conflict where somebody else did since `version` was shown."""
    if institution.version != version:
        raise Conflict(_("Somebody else changed this meanwhile. Reload the page and try again."))
    _check(names, kind, zone, languages)
    wanted: dict[str, Any] = {
        "names": names,
        "kind": kind,
        "zone": zone,
        "contact_email": contact_email,
        "country_id": get_entity(country).id if country else None,
        "city": city,
        "languages": list(languages),
    }
    changes = {}
    for name, value in wanted.items():
        before = getattr(institution, name)
        if before != value:
            changes[name] = (_plain(before), _plain(value))
            setattr(institution, name, value)
    if changes:
        institution.version += 1
        subject = Subject("institution", institution.ref, changes)
        record(actor, "institution.change", [subject], event_id=None)
        db.session.flush()


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Translated) else value


def _check(names: Translated, kind: str, zone: str, languages: Sequence[str]) -> None:
    if not names:
        raise Invalid(_("Write the name in at least one language."), field="name_en")
    if kind not in KINDS:
        raise Invalid(_("Choose one from the list."), field="kind")
    if zone not in zone_names():
        raise Invalid(_("Choose one from the list."), field="zone")
    if not languages or any(code not in LANGUAGES for code in languages):
        raise Invalid(_("Choose at least one language."), field="languages")
