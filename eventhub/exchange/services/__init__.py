"""What can be done with the programme as files: imports, and the copy that is kept."""

from eventhub.exchange.services.copying import ask_for_copy, copy_archived, keep_copy
from eventhub.exchange.services.importing import (
    apply_import,
    is_untouched,
    keep_import,
    look,
    read_as,
    rows_of_import,
    undo_import,
)

__all__ = [
    "apply_import",
    "ask_for_copy",
    "copy_archived",
    "is_untouched",
    "keep_copy",
    "keep_import",
    "look",
    "read_as",
    "rows_of_import",
    "undo_import",
]
