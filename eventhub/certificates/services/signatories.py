"""Who signs certificates, and whether their scanned signature may be printed (R5.8)."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from PIL import Image
from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.certificates.models import Signatory
from eventhub.certificates.rules import MOST_SIGNATORIES, may_use
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.files.services import store_file
from eventhub.i18n import Translated, _

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 20_000_000


def save_signatory(
    event: Event, place: int, names: Translated, titles: Translated, *, version: int = 0,
    picture: bytes = b"", permitted_by: str = "", permitted_on: date | None = None, actor: Actor,
) -> Signatory:  # fmt: skip
    """Keep who signs at this place (from 1); Conflict where somebody else did since `version`.

    A picture that is kept already stays without a new one. Invalid on "picture" where it is no PNG
    or JPEG, on "permitted_by" and "permitted_on" where a picture is there without the permission
    of whoever signs.
    """
    row = _at(event.id, place)
    if (row.version if row else 0) != version:
        raise Conflict(_("Somebody else changed this meanwhile. Reload the page and try again."))
    if not names:
        raise Invalid(_("Write the name in at least one language."), "names")
    if row is None:
        row = Signatory(event_id=event.id, place=place, version=0)
        db.session.add(row)
    has_picture = bool(picture) or row.file_id is not None
    if picture and not permitted_by.strip():
        sentence = _("Write who permitted its use. Without that it is not kept.")
        raise Invalid(sentence, "permitted_by")
    if has_picture and permitted_by.strip() and permitted_on is None:
        raise Invalid(_("Write when its use was permitted."), "permitted_on")
    if picture:
        media_type = _type_of(picture)
        row.file_id = store_file(
            picture, event_id=event.id, data_class="signature",
            name=f"signature-{place}.{media_type.rpartition('/')[2]}", media_type=media_type,
        ).id  # fmt: skip
    row.names, row.titles = names, titles
    row.permitted_by, row.permitted_on = permitted_by.strip(), permitted_on
    row.recorded_by = actor.label[:250]
    row.version += 1
    db.session.flush()
    hidden = ("names", "titles", "permitted_by", *(["picture"] if picture else []))
    subject = Subject("certificate_signatory", f"{event.ref}-{place}", hidden=hidden)
    record(actor, "certificate.signatory", [subject], event_id=event.id)
    return row


def remove_signatory(event: Event, place: int, *, actor: Actor) -> None:
    """Let nobody sign at this place any more; certificates that are issued stay as they are."""
    row = _at(event.id, place)
    if row is None:
        return
    db.session.delete(row)
    db.session.flush()
    subject = Subject("certificate_signatory", f"{event.ref}-{place}")
    record(actor, "certificate.signatory", [subject], event_id=event.id)


def frozen(one: Signatory) -> Mapping[str, Any]:
    """Return what certificates keep of who signs; the picture only where it may be used."""
    usable = may_use(has_file=one.file_id is not None, permitted_by=one.permitted_by)
    return {
        "names": dict(one.names), "titles": dict(one.titles),
        "picture": one.file_id if usable else None,
    }  # fmt: skip


def _at(event_id: int, place: int) -> Signatory | None:
    if not 1 <= place <= MOST_SIGNATORIES:
        raise Invalid(_("Up to three people sign."))
    return db.session.scalar(select(Signatory).filter_by(event_id=event_id, place=place))


def _type_of(data: bytes) -> str:
    refusal = Invalid(_("This is not a PNG or JPEG picture."), "picture")
    if len(data) > MOST_BYTES:
        raise Invalid(_("Choose a picture of at most 1 MB."), "picture")
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise refusal
            media_type = "image/png" if image.format == "PNG" else "image/jpeg"
            image.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise refusal from error
    return media_type
