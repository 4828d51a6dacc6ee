"""Empty forms, drawn once in a moment for everybody who opens them.

When registration opens, hundreds open the same form within seconds. What they see is the same
but for hidden values: the token against forgery, the form's own key, when it was handed out. So
the page is drawn once, held as long as other answers for everybody are, and each reader's copy
gets hidden values of its own.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, g, request, session

from eventhub.core import clock
from eventhub.i18n import current
from eventhub.web.at_once import AtOnce
from eventhub.web.csrf import FIELD, csrf_token

MOST_PAGES = 100
_TOKEN = re.compile(rf'(?<=name="{FIELD}" value=")[^"]*')


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it was drawn: from and until when it is held, what is to be new, and how."""

    since: datetime
    until: datetime
    page: str
    renewed: Mapping[str, Callable[[], str]]


def find_drawn() -> str | None:
    """Return the page of the present address as it was drawn a moment ago, hidden values new."""
    g.is_same_for_all = "_flashes" not in session
    drawn = _pages().get(_address())
    if drawn is None or not drawn.since <= clock.now() < drawn.until or not g.is_same_for_all:
        return None
    page = _TOKEN.sub(lambda _old: csrf_token(), drawn.page)
    for old, renew in drawn.renewed.items():
        page = page.replace(old, renew())
    return page


def keep_drawn(page: str, renewed: Mapping[str, Callable[[], str]]) -> str:
    """Hold a page, which `find_drawn` did not find, for those who ask for it next; return it.

    Nothing of the reader may stand in it but messages of the last act (then it is not held), the
    tokens against forgery, and the values named by `renewed`, each with what makes a new one.
    """
    at_once: AtOnce = current_app.extensions["eventhub.at_once"]
    if at_once.seconds and g.is_same_for_all:
        pages = _pages()
        if len(pages) >= MOST_PAGES:
            pages.clear()
        now = clock.now()
        pages[_address()] = Drawn(now, now + timedelta(seconds=at_once.seconds), page, renewed)
    return page


def _pages() -> dict[tuple[str, ...], Drawn]:
    pages: dict[tuple[str, ...], Drawn] = current_app.extensions.setdefault("eventhub.drawn", {})
    return pages


def _address() -> tuple[str, ...]:
    return request.path, request.query_string.decode("ascii", "replace"), current()
