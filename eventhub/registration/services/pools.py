"""Setting up pools of seats: adding, changing and ending them (R1.8, R1.11).

Nobody who has a seat loses it: a smaller number only closes the pool until it is reached again.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, select

from eventhub.agenda.models import Session
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.i18n import Translated, _, ngettext
from eventhub.registration.models import Pool, SessionSeat, SessionWait
from eventhub.registration.queries import (
    WHOLE_EVENT,
    PoolUse,
    limit_of,
    setup_of,
    used_seats,
)
from eventhub.registration.queries.pools import PER_SESSION
from eventhub.registration.rules import MODES
from eventhub.registration.services.drafts import check_event
from eventhub.registration.services.seats import lock_pools
from eventhub.registration.services.waiting import promote_waiting

WHEN_FULL = ("refuse", "waitlist", "overflow")
LOCKS = ("hard", "soft")
SCOPES = ("per_event", "per_delegation", "per_organisation", PER_SESSION)
MOST_SEATS = 100_000
NAMED = 5
"""How many of those above a new number are named in a sentence."""

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9+_-]{0,39}")


@dataclass(frozen=True, slots=True)
class PoolTerms:
    """What a pool counts, how many seats it has, and what happens when they are taken.

    `limits` are by entity id: other numbers for some, None for those without a limit. Of a session,
    `seats` are those of all, `each` those that one delegation may have (None is no limit).
    """

    seats: int
    names: Translated = field(default_factory=Translated)
    scope: str = "per_delegation"
    session_id: int | None = None
    each: int | None = None
    categories: Collection[str] = ()
    modes: Collection[str] = ()
    limits: Mapping[int, int | None] = field(default_factory=dict)
    when_full: str = "refuse"
    lock: str = "hard"


def add_pool(
    event: Event,
    code: str,
    *,
    seats: int,
    categories: Collection[str],
    limits: Mapping[int, int | None] | None = None,
    when_full: str = "refuse",
    lock: str = "hard",
    actor: Actor,
) -> Pool:
    """Limit how many of these categories each delegation may send (R1.8).

    Who is registered already keeps the seat. Conflict where the event has a pool of this code.
    """
    terms = PoolTerms(
        seats, categories=categories, limits=limits or {}, when_full=when_full, lock=lock
    )
    return open_pool(event, code, terms, confirmed=True, actor=actor)


def open_pool(
    event: Event, code: str, terms: PoolTerms, *, confirmed: bool = False, actor: Actor
) -> Pool:
    """Add a pool; Invalid beside the field that is wrong.

    Where more seats are used than it has, it is soft or the caller has `confirmed` it.
    """
    check_event(event)
    _check_terms(event, terms)
    if not _CODE.fullmatch(code):
        said = _("Use letters, digits and hyphens, at most 40.")
        raise Invalid(said, "code")
    if any(pool.code == code for pool in lock_pools(event)):
        raise Conflict(_("There is a limit of this name already."), "code")
    pool = Pool(event_id=event.id, code=code)
    _write(pool, terms)
    _check_above(event, pool, (), confirmed=confirmed)
    db.session.add(pool)
    db.session.flush()
    changes = {name: (None, value) for name, value in _legible(pool).items()}
    record(actor, "registration.add_pool", [Subject("pool", code, changes)], event_id=event.id)
    return pool


def change_pool(
    event: Event,
    code: str,
    terms: PoolTerms,
    *,
    version: int,
    confirmed: bool = False,
    actor: Actor,
) -> Pool:
    """Change a pool, then let in who waits and has room now.

    Nobody is put out: where more seats are used than the new number, Invalid says who is above,
    unless the pool is soft or the caller has `confirmed` it. The pool of the whole event keeps
    its scope, and its seats are the event's places. Conflict since another version.
    """
    check_event(event)
    pool = _locked(event, code)
    if pool.version != version:
        raise Conflict(_("Somebody changed this limit meanwhile. Look at it again."))
    _check_terms(event, terms)
    if PER_SESSION in (pool.scope, terms.scope) and pool.session_id != terms.session_id:
        said = _("The session of a limit stays. Take this limit away and add another.")
        raise Invalid(said, "session")
    before, was_above = _legible(pool), _above(event, pool)
    if code == WHOLE_EVENT:
        pool.when_full, pool.lock = terms.when_full, terms.lock
    else:
        _write(pool, terms)
        with db.session.no_autoflush:
            _check_above(event, pool, was_above, confirmed=confirmed)
    pool.version += 1
    db.session.flush()
    after = _legible(pool)
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    record(actor, "registration.set_pool", [Subject("pool", code, changes)], event_id=event.id)
    promote_waiting(event.id)
    return pool


def set_pool(event: Event, code: str, *, when_full: str, lock: str, actor: Actor) -> Pool:
    """Say what the pool does when it is full: refuse, waitlist or overflow; hard or soft."""
    _check_choice(when_full, WHEN_FULL, "when_full")
    _check_choice(lock, LOCKS, "lock")
    pool = _locked(event, code)
    changes = {"when_full": (pool.when_full, when_full), "lock": (pool.lock, lock)}
    pool.when_full, pool.lock = when_full, lock
    pool.version += 1
    record(actor, "registration.set_pool", [Subject("pool", code, changes)], event_id=event.id)
    db.session.flush()
    return pool


def end_pool(event: Event, code: str, *, version: int, actor: Actor) -> None:
    """Take a pool away: it limits nobody any more, and who waited for it comes in.

    Conflict for the pool of the whole event, and since another version.
    """
    check_event(event)
    pool = _locked(event, code)
    if code == WHOLE_EVENT:
        raise Conflict(_("The places of the whole event cannot be taken away."))
    if pool.version != version:
        raise Conflict(_("Somebody changed this limit meanwhile. Look at it again."))
    changes = {name: (value, None) for name, value in _legible(pool).items()}
    for table in (SessionSeat, SessionWait):
        db.session.execute(delete(table).where(table.pool_id == pool.id))
    db.session.delete(pool)
    db.session.flush()
    record(actor, "registration.end_pool", [Subject("pool", code, changes)], event_id=event.id)
    promote_waiting(event.id)


def _locked(event: Event, code: str) -> Pool:
    pool = next((one for one in lock_pools(event) if one.code == code), None)
    if pool is None:
        raise Conflict(_("This limit is gone. Look at the list again."))
    return pool


def _write(pool: Pool, terms: PoolTerms) -> None:
    pool.names, pool.scope, pool.seats = terms.names, terms.scope, terms.seats
    pool.session_id, pool.each = terms.session_id, terms.each
    pool.categories, pool.modes = sorted(terms.categories), sorted(terms.modes)
    pool.limits = {str(entity_id): limit for entity_id, limit in terms.limits.items()}
    pool.when_full, pool.lock = terms.when_full, terms.lock


def _legible(pool: Pool) -> dict[str, object]:
    """Return what the audit log shows of a pool."""
    return {
        "scope": pool.scope,
        "seats": pool.seats,
        "each": pool.each,
        "categories": " ".join(pool.categories),
        "modes": " ".join(pool.modes),
        "limits": len(pool.limits),
        "when_full": pool.when_full,
        "lock": pool.lock,
    }


def _above(event: Event, pool: Pool) -> list[PoolUse]:
    """Return who uses more seats of the pool than there are, the most first."""
    used = used_seats(setup_of(event.id), [pool])[pool.id]
    uses = [PoolUse(pool, one, number, limit_of(pool, one)) for one, number in used.items()]
    if pool.scope == PER_SESSION:
        uses.append(PoolUse(pool, None, used.total(), pool.seats))
    return sorted(
        (use for use in uses if use.is_above), key=lambda use: (-use.used, str(use.holder))
    )


def _check_above(event: Event, pool: Pool, before: Sequence[PoolUse], *, confirmed: bool) -> None:
    """Raise Invalid where people above the number were not above it before and nobody agreed."""
    if confirmed or pool.lock == "soft":
        return
    above, known = _above(event, pool), {use.holder for use in before}
    if all(use.holder in known for use in above):
        return
    if above[0].holder is None:
        sentence = _(
            "%(used)s seats are used already. Nobody loses a seat: choose to accept and flag, or "
            "confirm below.",
            used=above[0].used,
        )
        raise Invalid(sentence, "seats")
    names = _names([use.holder for use in above if isinstance(use.holder, int)])
    named = _(", ").join(
        _("%(name)s %(used)s", name=names.get(use.holder, str(use.holder)), used=use.used)
        for use in above[:NAMED]
    )
    sentence = ngettext(
        "%(n)s delegation uses more: %(named)s. Nobody loses a seat: choose to accept and flag, "
        "or confirm below.",
        "%(n)s delegations use more: %(named)s. Nobody loses a seat: choose to accept and flag, "
        "or confirm below.",
        len(above),
        named=named,
    )
    raise Invalid(sentence, "seats")


def _names(entity_ids: Sequence[int]) -> dict[object, str]:
    rows = db.session.scalars(select(Entity).where(Entity.id.in_(entity_ids)))
    return {row.id: row.name() for row in rows}


def _check_terms(event: Event, terms: PoolTerms) -> None:
    _check_choice(terms.scope, SCOPES, "scope")
    _check_choice(terms.when_full, WHEN_FULL, "when_full")
    _check_choice(terms.lock, LOCKS, "lock")
    for mode in terms.modes:
        _check_choice(mode, MODES, "modes")
    known = {category.code for category in setup_of(event.id).categories.values()}
    for code in terms.categories:
        _check_choice(code, tuple(known), "categories")
    if terms.scope == PER_SESSION:
        _check_session(event, terms)
    if not 1 <= terms.seats <= MOST_SEATS:
        if terms.scope == "per_delegation":
            raise Invalid(_("Write how many people each delegation may send."), "seats")
        raise Invalid(_("Write how many seats there are."), "seats")
    if any(limit is not None and not 0 <= limit <= MOST_SEATS for limit in terms.limits.values()):
        raise Invalid(_("Write a number of seats, or no limit."), "limits")


def _check_session(event: Event, terms: PoolTerms) -> None:
    """Raise Invalid where the session is none of the event's, or the seats cannot be used so."""
    session = db.session.get(Session, terms.session_id) if terms.session_id else None
    if session is None or session.event_id != event.id:
        raise Invalid(_("Choose the session."), "session")
    if terms.when_full == "overflow":
        said = _("A session has no overflow category. Let others wait for a seat, or not.")
        raise Invalid(said, "when_full")
    if terms.each is not None and not 0 <= terms.each <= MOST_SEATS:
        raise Invalid(_("Write a number of seats, or no limit."), "each")


def _check_choice(value: str, allowed: Sequence[str], name: str) -> None:
    if value not in allowed:
        raise Invalid(_("Choose one from the list."), name)
