"""What badges contribute to the pages around them."""

from typing import Any

from flask import url_for

from eventhub.badges.hardest import hardest
from eventhub.badges.personal import PERSONAL
from eventhub.badges.queries import progress_of
from eventhub.core import clock
from eventhub.designs.seams import SAMPLES
from eventhub.events.seams import STAGES, Stage, StageState
from eventhub.i18n import _, ngettext
from eventhub.people.seams import PERSONAL_DATA
from eventhub.web.seams import NAV, NavEntry


def printing(event: Any) -> StageState | None:
    """Say how many badges are printed and how many are held back."""
    if "badges" not in event.switches:
        return None
    now = progress_of(event)
    url = url_for("badges.show_runs", slug=event.slug)
    is_over = clock.now() >= event.ends_at
    if is_over and not now.printed:
        return StageState(True, _("No badge was printed."), url)
    if not now.accredited:
        return StageState(is_over, _("Nobody is confirmed yet."), url, asks_nobody=True)
    if now.held and not is_over:
        sentence = ngettext("%(n)s badge is held back.", "%(n)s badges are held back.", now.held)
        return StageState(False, sentence, url)
    sentence = _(
        "%(printed)s of %(all)s badges are printed.", printed=now.printed, all=now.accredited
    )
    return StageState(is_over or now.printed >= now.accredited, sentence, url)


ENTRY = NavEntry(
    "badges.show_runs", lambda _place: _("Badges"), "badge.print", 51, switch="badges",
    prefixes=("badges.show_run", "badges.list_", "badges.show_envelope"),
    under="checkin.show_floor",
)  # fmt: skip
PLATES = NavEntry(
    "badges.choose_plates", lambda _place: _("Name plates"), "badge.print", 51, switch="badges",
    prefixes=("badges.show_plates",), under="checkin.show_floor",
)  # fmt: skip
STAGE = Stage("print", 60, lambda: _("Print"), printing)


def connect() -> None:
    """Put the menu entry and the stage where pages look for them."""
    NAV.extend(entry for entry in (ENTRY, PLATES) if entry not in NAV)
    if hardest not in SAMPLES:
        SAMPLES.append(hardest)
    if STAGE not in STAGES:
        STAGES.append(STAGE)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
