"""Work behind the pages: decisions whose hold has ended, many decisions at once, tidying."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any

from flask import current_app

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, DomainError, NotFound
from eventhub.delegations.models import Delegation
from eventhub.entities.models import Entity
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files, read_whole
from eventhub.i18n.locale import use
from eventhub.jobs.runner import Work, handles
from eventhub.people.queries import accounts_by_id
from eventhub.photos.portrait import Portrait, portrait_of
from eventhub.registration import services
from eventhub.registration.models import Registration
from eventhub.registration.queries import registrations_by_id
from eventhub.registration.queries.workspace import offers_of
from eventhub.registration.services.paper import delegation_paper, keep_paper
from eventhub.registration.services.photo_files import MOST_IN_ZIP, Pictures
from eventhub.registration.services.photo_offers import offer_photos, offered_since
from eventhub.web.access import actor_for
from eventhub.web.seams import PLACES

CHUNK = 100
AT_A_TIME = 10
"""Photos in one transaction, and between two words on how far it is."""

TAKE_PHOTOS = "registration.take_photos"
FILES_KEPT = timedelta(days=30)
"""How long a spreadsheet of people is kept after it was sent."""

Decider = Callable[..., list[Registration]]

DECIDERS: dict[str, Decider] = {
    "vouch": services.vouch,
    "accredit": services.accredit,
    "reject": services.reject,
    "waitlist": services.waitlist,
    "undo": services.undo_decision,
}
"""What may be done to many at once, by the name on the button."""


@handles(services.TAKE_EFFECT)
def take_effect(_work: Work, of_event: int) -> None:
    """Carry out what was decided, some hundred at a time."""
    while True:
        with transaction():
            if not services.take_effect(of_event):
                return


@handles("registration.decide_many")
def decide_many(
    work: Work,
    act: str,
    slug: str,
    ids: list[int],
    account_id: int,
    given: dict[str, Any],
) -> dict[str, Any]:
    """Decide on many in the order given, those left out told by their refs; safe to run twice."""
    actor = _actor(account_id, slug)
    event_id = work.event_id
    if event_id is None:
        raise NotFound
    left_out: list[str] = []
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        left_out += _decide(DECIDERS[act], event_id, chunk, actor, given)
        work.progress(min(start + CHUNK, len(ids)), len(ids))
    return {"decided": len(ids) - len(left_out), "left_out": left_out[:200]}


def _decide(
    decider: Decider, event_id: int, ids: Sequence[int], actor: Actor, given: dict[str, Any]
) -> list[str]:
    """Decide on all, or where one hinders on each that can be; return the refs of the others."""
    try:
        with transaction():
            decider(event_id, ids, actor=actor, **given)
    except (Conflict, NotFound):
        if len(ids) == 1:
            found = registrations_by_id(event_id, ids)
            return [row.ref for row in found.values()]
        middle = len(ids) // 2
        return [
            *_decide(decider, event_id, ids[:middle], actor, given),
            *_decide(decider, event_id, ids[middle:], actor, given),
        ]
    return []


def _actor(account_id: int, slug: str) -> Actor:
    with current_app.test_request_context():  # places speak of addresses
        place = PLACES["slug"](slug)
    if place is None:
        raise NotFound
    return actor_for(accounts_by_id([account_id])[account_id], place)


@handles("registration.tidy", every=timedelta(days=1))
def tidy(_work: Work) -> dict[str, Any]:
    """Delete what was kept long enough, withdraw what was returned and never corrected."""
    drafts, withdrawn, files = 0, 0, 0
    before = clock.now() - FILES_KEPT
    for event_id in services.events_with_files(before):
        with transaction():
            files += services.forget_files(event_id, before)
    with transaction():
        services.forget_old_offers()
    for event_id in services.events_to_tidy():
        with transaction():
            drafts += services.delete_old_drafts(event_id)
            withdrawn += len(services.withdraw_unanswered(event_id))
    return {"drafts": drafts, "withdrawn": withdrawn, "files": files}


@handles("registration.print_delegation")
def print_delegation(work: Work, delegation_id: int, language: str) -> dict[str, Any]:
    """Make the paper of a delegation, and keep it where the page finds it."""
    event_id = work.event_id or 0
    pdf, name = delegation_paper(event_id, delegation_id, language)
    with transaction():
        return {"file": keep_paper(event_id, pdf, name)}


@handles("registration.remind", every=timedelta(hours=6))
def remind(_work: Work) -> dict[str, Any]:
    """Remind focal points before the deadline, each once a day at most (R1.16)."""
    with transaction():
        return {"digests": services.remind_focal_points()}


@handles(TAKE_PHOTOS)
def take_photos(
    work: Work, delegation_id: int, file_id: int, account_id: int, slug: str, language: str
) -> dict[str, Any]:
    """Make portraits of the pictures in a ZIP file, some at a time; safe to run twice."""
    actor = _actor(account_id, slug)
    delegation = db.session.get_one(Delegation, delegation_id)
    file = db.session.get(StoredFile, file_id)
    if file is None:
        return {"kept": len(offers_of(delegation, actor)), "refused": []}
    code = db.session.get_one(Entity, delegation.entity_id).code
    there = offered_since(file, delegation, actor)
    with use(language):
        pictures = Pictures([(file.name, read_whole(file))])
        kept = _offer(work, pictures, there, lambda some: offer_photos(
            delegation, some, code=code, actor=actor
        ))  # fmt: skip
    with transaction():
        erase_files([file_id])
    return {"kept": kept + len(there), "refused": pictures.refused[:MOST_IN_ZIP]}


def _offer(
    work: Work,
    pictures: Pictures,
    there: Collection[str],
    offer: Callable[[list[tuple[str, Portrait]]], Any],
) -> int:
    """Offer portraits of the pictures, ten in a transaction; return how many."""
    kept, waiting = 0, list[tuple[str, Portrait]]()
    for done, (name, picture) in enumerate(pictures, start=1):
        if name not in there:
            try:
                waiting.append((name, portrait_of(picture)))
            except DomainError as error:
                pictures.refused.append((name, error.message))
        if waiting and (len(waiting) == AT_A_TIME or done == len(pictures)):
            with transaction():
                offer(waiting)
            kept += len(waiting)
            waiting.clear()
            work.progress(done, len(pictures))
    if waiting:
        with transaction():
            offer(waiting)
        kept += len(waiting)
    return kept
