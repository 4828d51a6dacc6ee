"""Documents of the sessions to which somebody is admitted, behind their private link."""

from flask import abort
from flask.typing import ResponseReturnValue

from eventhub.agenda.public_documents import readable_documents
from eventhub.agenda.queries import find_programme
from eventhub.agenda.queries.documents import find_published_file
from eventhub.agenda.rules.documents import KINDS
from eventhub.calendars.feeds import admitted
from eventhub.calendars.queries import person_of_link
from eventhub.calendars.views.blueprint import bp
from eventhub.registration.rules import State
from eventhub.web.access import BY_LINK, requires
from eventhub.web.downloads import send_stored


@bp.get("/my/<token>/documents/<ref>")
@requires(BY_LINK)
def document(token: str, ref: str) -> ResponseReturnValue:
    """Answer a document of a session to which the person is admitted."""
    person = person_of_link(token)
    programme = find_programme(person.event.id)
    if programme is None or person.registration.state != State.ACCREDITED:
        abort(404)
    readable = {
        one: said
        for session in admitted(person, programme)
        for one, said in readable_documents(programme, session, is_public=False).items()
    }
    said = readable.get(ref)
    file = find_published_file(person.event.id, said["file"]) if said else None
    if file is None:
        abort(404)
    response = send_stored(file, inline=KINDS[file.media_type].is_shown)
    response.headers["Cache-Control"] = "private, no-store"
    return response
