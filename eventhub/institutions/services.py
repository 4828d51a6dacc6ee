"""Making institutions and changing them and their letterheads."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.entities.queries import get_entity
from eventhub.files.services import store_file
from eventhub.i18n import LANGUAGES, Translated, _
from eventhub.institutions.letterheads import find_letterhead
from eventhub.institutions.models import Institution, Letterhead
from eventhub.institutions.rules import KINDS
from eventhub.web.zones import zone_names

MOST_LOGO_BYTES = 1024 * 1024
MOST_LOGO_PIXELS = 20_000_000


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


def save_letterhead(
    institution: Institution,
    texts: Mapping[str, Translated],
    *,
    version: int,
    logo: bytes = b"",
    actor: Actor,
) -> Letterhead:
    """Keep the letterhead; Conflict where somebody else did since `version` (0: there was none).

    texts: headings, addresses, footers, signatories, signatory_titles. Invalid on "logo" where
    the file is no PNG or JPEG picture.
    """
    row = find_letterhead(institution.id)
    if (row.version if row else 0) != version:
        raise Conflict(_("Somebody else changed this meanwhile. Reload the page and try again."))
    if row is None:
        row = Letterhead(institution_id=institution.id, version=0)
        db.session.add(row)
    for name, text in texts.items():
        setattr(row, name, text)
    row.version += 1
    if logo:
        media_type = _picture_type(logo)
        ending = "png" if media_type == "image/png" else "jpg"
        row.logo_id = store_file(
            logo,
            event_id=None,
            data_class="logo",
            name=f"logo.{ending}",
            media_type=media_type,
        ).id
    db.session.flush()
    subject = Subject("institution", institution.ref, hidden=tuple(sorted(texts)))
    record(actor, "institution.change_letterhead", [subject], event_id=None)
    return row


def _picture_type(data: bytes) -> str:
    refusal = Invalid(_("This is not a PNG or JPEG picture."), field="logo")
    if len(data) > MOST_LOGO_BYTES:
        raise Invalid(_("Choose a picture of at most 1 MB."), field="logo")
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_LOGO_PIXELS:
                raise refusal
            media_type = "image/png" if image.format == "PNG" else "image/jpeg"
            image.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise refusal from error
    return media_type
