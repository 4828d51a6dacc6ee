"""Pages on the day: doors, the phone's own camera, lists to tick, the desk, the live floor."""

from eventhub.checkin.views import camera, desk, door, floor, gates, joining, roll_call, states
from eventhub.checkin.views.blueprint import bp

__all__ = ["bp", "camera", "desk", "door", "floor", "gates", "joining", "roll_call", "states"]
