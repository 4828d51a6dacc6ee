"""The words of pools of seats."""

from eventhub.events.models import Category
from eventhub.i18n import _, lazy_gettext
from eventhub.registration.models import Pool
from eventhub.registration.queries import PER_SESSION, WHOLE_EVENT

SCOPES = {
    "per_event": lazy_gettext("The whole event together"),
    "per_delegation": lazy_gettext("Each delegation"),
    "per_organisation": lazy_gettext("Each organization, listed or not"),
    PER_SESSION: lazy_gettext("One session, seat by seat"),
}
WHEN_FULL = {
    "refuse": lazy_gettext("Nobody more is registered"),
    "waitlist": lazy_gettext("Others go to the waiting list"),
    "overflow": lazy_gettext("Others get the overflow category"),
}
LOCKS = {
    "hard": lazy_gettext("Hard: what stands above happens"),
    "soft": lazy_gettext("Soft: people are accepted and flagged"),
}
SESSION_LOCKS = {
    "hard": lazy_gettext("Hard: nobody more gets a seat"),
    "soft": LOCKS["soft"],
}
MODES = {
    "in_person": lazy_gettext("In person"),
    "remote": lazy_gettext("Remote"),
}


def whom(pool: Pool, categories: list[Category]) -> str:
    """Return whom a pool counts, by the words of its categories and modes."""
    named = {one.code: one.name() for one in categories}
    parts = [named.get(code, code) for code in pool.categories] or [_("All participants")]
    modes = [str(MODES[mode]) for mode in pool.modes]
    return _(" · ").join([_(", ").join(parts), *modes])


def when_full(pool: Pool) -> str:
    """Return what happens when every seat of the pool is taken."""
    if pool.lock == "soft":
        return _("People are accepted and flagged")
    if pool.scope == PER_SESSION:
        waits = pool.when_full == "waitlist"
        return _("Others wait for a seat") if waits else _("Nobody more gets a seat")
    return str(WHEN_FULL[pool.when_full])


def is_whole(pool: Pool) -> bool:
    """Tell whether the pool is that of the whole event, whose seats are the event's places."""
    return pool.code == WHOLE_EVENT
