"""From registrations to what stands on their badges, in bulk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from eventhub.badges.rules import digest_of
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.designs.occasions import kinds_at, other_language, two
from eventhub.designs.rules import Face, Kind
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.passes.models import Pass
from eventhub.passes.queries import passes_by_id
from eventhub.passes.tokens import qr_text, short_qr_text
from eventhub.photos.models import Photo
from eventhub.protocol.queries import texts_at
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of, numbers_of
from eventhub.web.site import site


def kinds_of(event: Event, registrations: Sequence[Registration]) -> list[Kind]:
    """Return what the badges of each category among these have in common: two statements."""
    wanted = {row.category_id for row in registrations}
    return kinds_at(event, [c for c in categories_of(event.id) if c.id in wanted])


@dataclass(frozen=True, slots=True)
class Drawn:
    """One badge: what stands on it, and what its run writes down of it."""

    face: Face
    held: Pass
    digest: str
    """Of all that it shows of its holder."""
    photo: StoredFile | None


def drawn_of(event: Event, registrations: Sequence[Registration]) -> list[Drawn]:
    """Return the badges in the order given, without pictures and codes; see `faces_of`.

    Those without a pass are left out. A fixed number of statements.
    """
    passes = passes_by_id(event.id, [r.pass_id for r in registrations if r.pass_id])
    kinds = {category.id: category.ref for category in categories_of(event.id)}
    entities = texts_at(event.id, [row.entity_id for row in registrations])
    photos = _photos(registrations)
    numbers = numbers_of(registrations)
    made = []
    for row in registrations:
        if not row.pass_id or row.pass_id not in passes:
            continue
        entity = entities.get(row.entity_id or 0)
        face = Face(
            kind=kinds[row.category_id],
            ref=row.ref,
            names=tuple(line for line in name_of(row).lines if line),
            local_name=row.name_local,
            local_language=row.name_local_language,
            post=row.functional_title,
            entity=two(entity, event.languages) if entity else (row.organisation,),
            entity_language=other_language(entity, event.languages) if entity else "",
            number=numbers.get(row.id, ""),
            issue=passes[row.pass_id].issue,
        )
        held, photo = passes[row.pass_id], photos.get(row.photo_id)
        seal = photo.sha256 if photo else ""
        made.append(Drawn(face, held, digest_of(face, photo=seal, zones=held.zone_bits), photo))
    return made


def faces_of(event: Event, drawn: Iterable[Drawn], *, code: str = "signed") -> list[Face]:
    """Return the faces with picture and code: one photo read for each.

    A photo that cannot be read is left out. `code` is one of CODES.
    """
    settings = site()
    write = short_qr_text if code == "short" else qr_text
    return [
        replace(
            one.face,
            qr=write(one.held, settings.host, is_https=settings.is_https),
            photo=_picture(one.photo),
        )
        for one in drawn
    ]


def _picture(file: StoredFile | None) -> bytes | None:
    """Return the bytes of a photo; None where there is none, or it is damaged or gone."""
    try:
        return read_whole(file) if file else None
    except (NotFound, OSError, ValueError):
        return None


def _photos(registrations: Sequence[Registration]) -> dict[int | None, StoredFile]:
    ids = {r.photo_id for r in registrations if r.photo_id}
    query = (
        select(Photo.id, StoredFile)
        .join(StoredFile, StoredFile.id == Photo.file_id)
        .where(Photo.id.in_(ids))
    )
    found: dict[int | None, StoredFile] = {}
    for photo_id, file in db.session.execute(query):
        found[photo_id] = file
    return found
