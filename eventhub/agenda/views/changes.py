"""What each revision changed, for everybody."""

from flask.typing import ResponseReturnValue

from eventhub.agenda.made.changes import changes_page
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.views.reading import HTML, find, source_of
from eventhub.web.access import PUBLIC, requires
from eventhub.web.made_once import answer


@bp.get("/<lang>/<slug>/programme/changes")
@requires(PUBLIC)
def public_changes(lang: str, slug: str) -> ResponseReturnValue:
    """List the revisions, newest first, with what each changed."""
    source = source_of(*find(slug))
    return answer(source.key("changes"), lambda: changes_page(source), HTML)
