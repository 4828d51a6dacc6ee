"""Saying at which days and times the place of an event rests or prays."""

from collections.abc import Mapping
from typing import Any

from eventhub.agenda.rules.observances import FEATURE
from eventhub.core.actor import Actor
from eventhub.events.models import Event
from eventhub.events.services import change_setting
from eventhub.events.services.shared import check_open


def keep_observances(event: Event, values: Mapping[str, Any], *, actor: Actor) -> None:
    """Keep holidays and times of prayer as `Observances` has them, in the order of time."""
    check_open(event)
    order = {
        "holidays": lambda one: (one["day"], one["name"]),
        "prayers": lambda one: (one["day"], one["starts"], one["name"]),
    }
    sorted_values = {name: sorted(values[name], key=key) for name, key in order.items()}
    change_setting(event, FEATURE, sorted_values, actor=actor)
