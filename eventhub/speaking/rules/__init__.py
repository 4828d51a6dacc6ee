"""Who speaks when, and for how long. Pure."""

from eventhub.speaking.rules.clock import (
    EXTRA_S,
    WORDS_PER_MINUTE,
    Clock,
    Phase,
    phase_of,
    words_in,
    written,
)
from eventhub.speaking.rules.order import (
    LAST_RANK,
    WINDOW,
    Asked,
    Choice,
    balanced,
    block_of,
    laid_out,
    moved_to,
    plain,
)
from eventhub.speaking.rules.room import Forecast, capacity, forecast
from eventhub.speaking.rules.states import (
    GONE,
    ORDERS,
    STATES,
    WAITING,
    tier_and_time,
)

__all__ = [
    "EXTRA_S",
    "GONE",
    "LAST_RANK",
    "ORDERS",
    "STATES",
    "WAITING",
    "WINDOW",
    "WORDS_PER_MINUTE",
    "Asked",
    "Choice",
    "Clock",
    "Forecast",
    "Phase",
    "balanced",
    "block_of",
    "capacity",
    "forecast",
    "laid_out",
    "moved_to",
    "phase_of",
    "plain",
    "tier_and_time",
    "words_in",
    "written",
]
