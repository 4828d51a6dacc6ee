"""What can be done with lists of speakers."""

from eventhub.speaking.services.arranging import let_go, move, swap
from eventhub.speaking.services.inscribing import (
    Wish,
    change,
    confirm,
    inscribe,
    put_back,
    take_off,
)
from eventhub.speaking.services.lists import (
    change_list,
    copy_lists,
    make_list,
    reset_link,
    set_open,
    set_public,
)
from eventhub.speaking.services.running import finish, give_more, pause, resume, skip, speak
from eventhub.speaking.services.undoing import last_act, undo

__all__ = [
    "Wish",
    "change",
    "change_list",
    "confirm",
    "copy_lists",
    "finish",
    "give_more",
    "inscribe",
    "last_act",
    "let_go",
    "make_list",
    "move",
    "pause",
    "put_back",
    "reset_link",
    "resume",
    "set_open",
    "set_public",
    "skip",
    "speak",
    "swap",
    "take_off",
    "undo",
]
