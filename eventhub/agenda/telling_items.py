"""What a revision changes of the agenda itself, in sentences for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from eventhub.agenda.rules import Programme
from eventhub.i18n import Translated, _


def tell_agenda(before: Programme, after: Programme) -> Iterator[str]:
    """Yield a sentence for each item that is new, gone or different, and for the adoption."""
    if after.is_adopted and not before.is_adopted:
        yield _("The agenda is adopted.")
    elif before.is_adopted and not after.is_adopted:
        yield _("The agenda is provisional again.")
    for ref in sorted(after.items, key=lambda ref: after.items[ref]["place"]):
        now, was = after.items[ref], before.items.get(ref)
        if was is None:
            yield _("Agenda item %(number)s is new: %(title)s.", **_named(now))
        else:
            yield from _item(was, now)
    for ref in sorted(before.items.keys() - after.items.keys()):
        was = before.items[ref]
        yield _("%(title)s, item %(number)s, is taken off the agenda.", **_named(was))


def _item(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    old, new = _named(was), _named(now)
    if was["titles"] != now["titles"]:
        yield _(
            "Agenda item %(number)s is now called %(new)s.", number=new["number"], new=new["title"]
        )
    if was["number"] != now["number"]:
        yield _(
            "%(title)s is now agenda item %(number)s instead of %(old)s.",
            old=old["number"],
            **new,
        )
    if was["annotations"] != now["annotations"]:
        yield _("The annotation of agenda item %(number)s changed.", number=new["number"])


def _named(item: Mapping[str, Any]) -> dict[str, str]:
    return {"number": item["number"], "title": Translated(item["titles"]).pick()}
