"""What can be done at gates; all of it inside a transaction."""

from eventhub.checkin.services.gates import (
    add_gate,
    change_gate,
    ensure_gate,
    hold_gate,
    open_gate,
    remove_gate,
)
from eventhub.checkin.services.joining import apply_log, keep_log, served_by, take_back_logs
from eventhub.checkin.services.reissuing import reissue
from eventhub.checkin.services.scanning import Answer, check_in, scan_text
from eventhub.checkin.services.ticking import (
    enter_passages,
    tick_entities,
    tick_persons,
    untick_entities,
    untick_persons,
)
from eventhub.checkin.services.undoing import undo, undo_last

__all__ = [
    "Answer",
    "add_gate",
    "apply_log",
    "change_gate",
    "check_in",
    "ensure_gate",
    "enter_passages",
    "hold_gate",
    "keep_log",
    "open_gate",
    "reissue",
    "remove_gate",
    "scan_text",
    "served_by",
    "take_back_logs",
    "tick_entities",
    "tick_persons",
    "undo",
    "undo_last",
    "untick_entities",
    "untick_persons",
]
