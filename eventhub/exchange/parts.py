"""What the exchange contributes to lower packages: ways, files made with the programme, a stage."""

from flask import url_for

from eventhub.agenda.seams import PROGRAMME_FILES, PROGRAMME_WAYS, Way
from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.events.rules import EventState
from eventhub.events.seams import STAGES, Stage, StageState
from eventhub.exchange.files import make_files
from eventhub.exchange.queries import find_copy
from eventhub.i18n import _, current
from eventhub.i18n.times import moment


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    if to_apps not in PROGRAMME_WAYS:
        PROGRAMME_WAYS.append(to_apps)
    if make_files not in PROGRAMME_FILES:
        PROGRAMME_FILES.append(make_files)
    if STAGE not in STAGES:
        STAGES.append(STAGE)


def to_apps(event: Event) -> Way:
    """Lead from the programme to its files for conference apps."""
    url = url_for("exchange.apps", lang=current(), slug=event.slug)
    return Way(_("Read the programme in a conference app"), url)


def _copy_state(event: Event) -> StageState | None:
    """Tell of the copy for keeping once the event is over, and of one that is made earlier."""
    is_over = event.state == EventState.ARCHIVED or (
        event.state != EventState.DRAFT and clock.now() > event.ends_at
    )
    if not is_over:
        return None
    url = url_for("exchange.keep_copy", slug=event.slug)
    found = find_copy(event.id)
    if found is None:
        said = _("All public pages as one file, for decades.")
        return StageState(False, said, url, asks_nobody=True)
    when = moment(found[0].made_at, event.zone)
    return StageState(True, _("Made %(when)s.", when=when), url, asks_nobody=True)


STAGE = Stage("static_copy", 95, lambda: _("Copy for keeping"), _copy_state)
