"""What the agenda contributes to lower packages: a menu entry, a stage, its copies."""

from datetime import timedelta

from flask import url_for

from eventhub.agenda import queries, services
from eventhub.agenda.linked_data import parts_of
from eventhub.agenda.messages import WORDED
from eventhub.agenda.personal import PERSONAL
from eventhub.agenda.showing import revision
from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.events.seams import CLONE_STEPS, STAGES, SUB_EVENTS, Stage, StageState
from eventhub.i18n import _, ngettext, times
from eventhub.mail.seams import MESSAGES
from eventhub.people.seams import PERSONAL_DATA
from eventhub.web.seams import NAV, NavEntry

SHOULD_BE_PUBLIC = timedelta(days=7)
"""How long before an event people need to know its programme."""

MENU = NavEntry(
    "agenda.show", lambda _place: _("Programme"), "agenda.view", 30,
    prefixes=("agenda.", "exchange.", "speakers."),
)  # fmt: skip


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    if MENU not in NAV:
        NAV.append(MENU)
    if STAGE not in STAGES:
        STAGES.append(STAGE)
    if services.copy_programme not in CLONE_STEPS:
        CLONE_STEPS.append(services.copy_programme)
    MESSAGES.update(WORDED)
    if parts_of not in SUB_EVENTS:
        SUB_EVENTS.append(parts_of)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)


def _state(event: Event) -> StageState:
    count, changed, number = queries.progress_of(event.id)
    url = url_for("agenda.show", slug=event.slug)
    late = event.starts_at - clock.now() < SHOULD_BE_PUBLIC and clock.now() < event.ends_at
    if not count:
        return StageState(False, _("Nothing is planned yet."), url, is_late=late)
    if number is None and (coming := queries.find_coming(event.id)):
        moment = times.moment(queries.public_since(coming), event.zone)
        sentence = _(
            "%(revision)s becomes public on %(moment)s.",
            revision=revision(coming.number),
            moment=moment,
        )
        return StageState(False, sentence, url, asks_nobody=True)
    if number is None:
        sentence = ngettext(
            "One session, not published yet.", "%(n)s sessions, not published yet.", count
        )
        return StageState(False, sentence, url, is_late=late)
    if changed:
        sentence = ngettext(
            "%(revision)s is public, one session changed since.",
            "%(revision)s is public, %(n)s sessions changed since.",
            changed,
            revision=revision(number),
        )
        return StageState(False, sentence, url)
    sentence = ngettext(
        "%(revision)s is public with one session.",
        "%(revision)s is public with %(n)s sessions.",
        count,
        revision=revision(number),
    )
    return StageState(True, sentence, url)


STAGE = Stage("programme", 50, lambda: _("Programme"), _state)
