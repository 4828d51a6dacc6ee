"""The blueprint of the pages on the day, and the words their templates ask for."""

from typing import Any

from flask import Blueprint

from eventhub.checkin.words import passage_word, wall
from eventhub.core.ids import new_uuid
from eventhub.i18n.times import clock_time

bp = Blueprint("checkin", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "wall": wall,
        "passage_word": passage_word,
        "new_uuid": new_uuid,
        "clock_time": clock_time,
    }
