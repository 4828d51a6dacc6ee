"""Saying what attendance takes."""

from collections.abc import Mapping
from typing import Any

from eventhub.attendance.rules import SETTING
from eventhub.core.actor import Actor
from eventhub.events.models import Event
from eventhub.events.services import change_setting


def change_policy(event: Event, changes: Mapping[str, Any], *, actor: Actor) -> None:
    """Change what the event asks of attendance: fields of Policy, JSON values."""
    change_setting(event, SETTING, changes, actor=actor)
