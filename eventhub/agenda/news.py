"""What others did to the draft of late, in a line each: "K. Li moved 2.1 to Tue 2 April, 14:30"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventhub.agenda.queries import Draft
from eventhub.agenda.queries.editing import Present
from eventhub.audit.queries import Entry, entries_of
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.i18n import _, ngettext, times

RECENT = timedelta(minutes=15)
MOST = 5
MOST_NAMED = 4
"""Editors who are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class News:
    """One line, and the number by which a page knows that it has told it."""

    id: int
    sentence: str


def news_of(event_id: int, draft: Draft, actor: Actor) -> list[News]:
    """Return what others did in the last minutes, the newest first; two statements."""
    codes = {one.ref: one.code for one in (*draft.sessions, *draft.tray)}
    found = entries_of(event_id, subject_kind="session", limit=20)
    since = clock.now() - RECENT
    theirs = [one for one in found if one.at >= since and one.who != actor.label]
    return [News(one.id, _sentence(one, codes)) for one in theirs[:MOST]]


def others_said(others: Sequence[Present], draft: Draft) -> list[str]:
    """Return in a sentence each who else has the board open, and what they are moving."""
    codes = {one.ref: one.code for one in (*draft.sessions, *draft.tray)}
    said = [
        _("%(who)s is moving %(session)s", who=one.name, session=codes[one.moving])
        if one.moving in codes
        else _("%(who)s is editing", who=one.name)
        for one in others[:MOST_NAMED]
    ]
    more = len(others) - MOST_NAMED
    if more > 0:
        said.append(ngettext("One more is editing", "%(n)s more are editing", more))
    return said


def _sentence(entry: Entry, codes: dict[str, str]) -> str:
    code = codes.get(entry.subject_ref) or str(entry.changes.get("code", [""])[-1] or "")
    if entry.action == "session.move":
        return _moved(entry, code)
    said = {
        "session.add": lambda: _("%(who)s added %(session)s.", who=entry.who, session=code),
        "session.copy": lambda: _(
            "%(who)s made the copy %(session)s.", who=entry.who, session=code
        ),
        "session.cancel": lambda: _("%(who)s cancelled %(session)s.", who=entry.who, session=code),
        "session.remove": lambda: _("%(who)s removed a session.", who=entry.who),
    }
    other = _("%(who)s changed %(session)s.", who=entry.who, session=code)
    return said.get(entry.action, lambda: other)()


def _moved(entry: Entry, code: str) -> str:
    if "starts" not in entry.changes:
        if "room_id" in entry.changes:
            return _("%(who)s moved %(session)s to another room.", who=entry.who, session=code)
        return _("%(who)s changed how long %(session)s is.", who=entry.who, session=code)
    starts = entry.changes["starts"][1]
    if starts is None:
        return _("%(who)s put %(session)s into the tray.", who=entry.who, session=code)
    when = datetime.fromisoformat(starts)
    return _(
        "%(who)s moved %(session)s to %(day)s, %(time)s.",
        who=entry.who,
        session=code,
        day=times.day(when.date(), year=False),
        time=f"{when:%H:%M}",
    )
