"""What is so after a decision, in one sentence: of one person, or of many."""

from collections.abc import Callable, Sequence

from eventhub.i18n import _, ngettext

_ONE: dict[str, Callable[[str], str]] = {
    "accredit": lambda who: _("%(name)s is accredited. It can still be undone.", name=who),
    "return": lambda who: _(
        "%(name)s is asked for a correction. It can still be undone.", name=who
    ),
    "reject": lambda who: _("%(name)s is rejected. It can still be undone.", name=who),
    "waitlist": lambda who: _(
        "%(name)s is put on the waiting list. It can still be undone.", name=who
    ),
    "vouch": lambda who: _("%(name)s is vouched for.", name=who),
    "place": lambda who: _("%(name)s has been given a place.", name=who),
    "withdraw": lambda who: _("%(name)s is withdrawn.", name=who),
    "revoke": lambda who: _("The accreditation of %(name)s is revoked.", name=who),
    "reinstate": lambda who: _("The registration of %(name)s is taken up again.", name=who),
    "undo": lambda who: _("The decision on %(name)s is undone.", name=who),
}

_MANY: dict[str, Callable[[int], str]] = {
    "accredit": lambda n: ngettext(
        "%(n)s person is accredited. It can still be undone.",
        "%(n)s people are accredited. It can still be undone.",
        n,
    ),
    "return": lambda n: ngettext(
        "%(n)s person is asked for a correction. It can still be undone.",
        "%(n)s people are asked for a correction. It can still be undone.",
        n,
    ),
    "reject": lambda n: ngettext(
        "%(n)s person is rejected. It can still be undone.",
        "%(n)s people are rejected. It can still be undone.",
        n,
    ),
    "waitlist": lambda n: ngettext(
        "%(n)s person is put on the waiting list. It can still be undone.",
        "%(n)s people are put on the waiting list. It can still be undone.",
        n,
    ),
    "vouch": lambda n: ngettext(
        "%(n)s person is vouched for.",
        "%(n)s people are vouched for.",
        n,
    ),
    "place": lambda n: ngettext(
        "%(n)s person has been given a place.",
        "%(n)s people have been given a place.",
        n,
    ),
    "withdraw": lambda n: ngettext(
        "%(n)s person is withdrawn.",
        "%(n)s people are withdrawn.",
        n,
    ),
    "revoke": lambda n: ngettext(
        "%(n)s accreditation is revoked.",
        "%(n)s accreditations are revoked.",
        n,
    ),
    "reinstate": lambda n: ngettext(
        "%(n)s registration is taken up again.",
        "%(n)s registrations are taken up again.",
        n,
    ),
    "undo": lambda n: ngettext(
        "%(n)s decision is undone.",
        "%(n)s decisions are undone.",
        n,
    ),
}


def said_of(act: str, names: Sequence[str]) -> str:
    """Return what is so now of those an act was done to; a held decision says it can be undone."""
    return _ONE[act](names[0]) if len(names) == 1 else _MANY[act](len(names))
