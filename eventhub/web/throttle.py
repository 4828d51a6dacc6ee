"""Counting attempts at a view, across processes."""

from datetime import timedelta

from flask import abort, request

from eventhub.access.services import forget_attempts, try_once_more
from eventhub.core.db import transaction
from eventhub.core.ids import digest


def throttle(purpose: str, *, limit: int, minutes: int, who: str = "") -> None:
    """Abort with 429 where the purpose was tried too often from this address or for `who`."""
    with transaction():
        is_allowed = within_limit(purpose, limit=limit, minutes=minutes, who=who)
    if not is_allowed:
        abort(429)


def within_limit(purpose: str, *, limit: int, minutes: int, who: str = "") -> bool:
    """Count one attempt, kept under a digest; tell whether it is still allowed.

    Inside the transaction of what is attempted, so that one that fails does not count.
    """
    return try_once_more(_key(purpose, who), limit=limit, window=timedelta(minutes=minutes))


def allow_again(purpose: str, *, who: str) -> None:
    """Start counting anew for `who`, for example after a successful sign-in."""
    with transaction():
        forget_attempts(_key(purpose, who))


def _key(purpose: str, who: str) -> str:
    whom = who.strip().casefold() or request.remote_addr or ""
    return f"{purpose}:{digest(whom)[:32]}"
