"""The sessions that a reader chose, without an account."""

from flask.typing import ResponseReturnValue

from eventhub.agenda.made.choice import choice_page
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.views.reading import find, hand_out, source_of
from eventhub.web.access import PUBLIC, requires


@bp.get("/<lang>/<slug>/programme/mine")
@requires(PUBLIC)
def show_choice(lang: str, slug: str) -> ResponseReturnValue:
    """Show the sessions that the address carries, in order, with what clashes."""
    source = source_of(*find(slug))
    return hand_out(source, "mine", lambda asked: choice_page(source, asked))
