"""Photos sent many at once: kept beside a delegation until somebody has looked at each."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from eventhub.core import clock
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid, NotFound
from eventhub.delegations.models import Delegation
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files, store_file
from eventhub.i18n import _
from eventhub.photos.portrait import Portrait
from eventhub.photos.queries import photos_by_id
from eventhub.photos.services import keep_photo, remove_photo
from eventhub.registration.models import PhotoOffer, Registration
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries import capacities, lock_registrations
from eventhub.registration.queries.workspace import offers_of
from eventhub.registration.rules import ENDED
from eventhub.registration.rules.photo_names import Known, whose
from eventhub.registration.services.changing import set_photo

UPLOADS = "photo_upload"
"""Class of the files in which many photos come."""

KEPT = timedelta(hours=24)
"""How long photos wait to be looked at; then they are removed."""


def offer_photos(
    delegation: Delegation,
    portraits: Sequence[tuple[str, Portrait]],
    *,
    code: str,
    registration_id: int | None = None,
    actor: Actor,
) -> list[PhotoOffer]:
    """Keep portraits, by the names of their files, with a guess of whose each is.

    With `registration_id` the row was chosen by the sender. Nobody's photo changes yet.
    """
    query = select(Registration).where(
        Registration.event_id == delegation.event_id,
        Registration.delegation_id == delegation.id,
        Registration.state.not_in(ENDED),
    )
    people = [
        Known(
            row.id,
            (row.family_name, row.given_names, row.display_name, row.passport_latin),
            row.number,
            row.ref,
        )
        for row in db.session.scalars(query)
    ]
    offers = []
    for name, portrait in portraits:
        photo = keep_photo(delegation.event_id, portrait, actor=actor)
        offers.append(
            PhotoOffer(
                event_id=delegation.event_id,
                delegation_id=delegation.id,
                photo_id=photo.id,
                name=name[:250],
                registration_id=registration_id or whose(name, people, code=code),
                account_id=actor.id,
            )
        )
    db.session.add_all(offers)
    db.session.flush()
    return offers


def settle_photos(
    delegation: Delegation, chosen: Mapping[str, str], *, actor: Actor
) -> list[Registration]:
    """Put each offered photo to the person chosen by eye, and remove those put to nobody.

    `chosen` are refs of registrations by the offer's ref, "" for nobody; photos that are not
    named go on waiting. Invalid where two photos are of one
    person; NotFound for people of another delegation.
    """
    offers = [one for one in offers_of(delegation, actor) if one.ref in chosen]
    refs = {chosen.get(offer.ref, ""): offer for offer in offers}
    refs.pop("", None)
    wanted = [chosen[offer.ref] for offer in offers if chosen.get(offer.ref)]
    if len(set(wanted)) != len(wanted):
        raise Invalid(_("Two photos are put to one person. Choose one of them."), "who")
    _by, scopes = capacities(actor, ENTER, VOUCH)
    query = select(Registration.ref, Registration.id).where(
        Registration.event_id == delegation.event_id,
        Registration.delegation_id == delegation.id,
        Registration.ref.in_(wanted),
    )
    ids = dict(db.session.execute(query).all())
    if len(ids) != len(wanted):
        raise NotFound
    rows = lock_registrations(delegation.event_id, list(ids.values()), scopes)
    kept = set()
    for row in rows:
        offer = refs[row.ref]
        set_photo(row, offer.photo_id, actor=actor)
        kept.add(offer.id)
    _remove([offer for offer in offers if offer.id not in kept], actor=actor)
    db.session.execute(delete(PhotoOffer).where(PhotoOffer.id.in_(kept)))
    db.session.flush()
    return rows


def keep_upload(delegation: Delegation, data: bytes) -> int:
    """Keep a ZIP file of photos until the worker has looked into it; return the file's id."""
    file = store_file(
        data,
        event_id=delegation.event_id,
        data_class=UPLOADS,
        name="photos.zip",
        media_type="application/zip",
    )
    return file.id


def offered_since(file: StoredFile, delegation: Delegation, actor: Actor) -> set[str]:
    """Return the names of the photos offered already from a file that is gone through again."""
    return {one.name for one in offers_of(delegation, actor) if one.created_at >= file.created_at}


def forget_old_offers() -> int:
    """Remove photos that nobody has settled for a day, and files left behind; return how many."""
    uploads = select(StoredFile.id).where(
        StoredFile.data_class == UPLOADS, StoredFile.created_at < clock.now() - KEPT
    )
    erase_files(db.session.scalars(uploads).all())
    query = select(PhotoOffer).where(PhotoOffer.created_at < clock.now() - KEPT).limit(200)
    old = list(db.session.scalars(query.with_for_update()))
    _remove(old, actor=SYSTEM)
    db.session.flush()
    return len(old)


def _remove(offers: Sequence[PhotoOffer], *, actor: Actor) -> None:
    by_event: dict[int, list[PhotoOffer]] = {}
    for offer in offers:
        by_event.setdefault(offer.event_id, []).append(offer)
    for event_id, some in by_event.items():
        photos = photos_by_id(event_id, [offer.photo_id for offer in some])
        db.session.execute(delete(PhotoOffer).where(PhotoOffer.id.in_([one.id for one in some])))
        for photo in photos.values():
            remove_photo(photo, actor=actor)
