"""What an officer says of a photo: it will do, or another one is needed."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import Invalid, NotFound
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.photos.queries import find_photo
from eventhub.photos.rules import PhotoState
from eventhub.registration.permissions import REVIEW_PHOTO
from eventhub.registration.queries import get_registration
from eventhub.registration.services import review
from eventhub.registration.views.blueprint import bp
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.urls import safe_next

SAID = {"accept": PhotoState.OK, "redo": PhotoState.REDO}


@bp.post("/manage/<slug>/people/<ref>/photo")
@requires(REVIEW_PHOTO)
def review_photo(slug: str, ref: str) -> ResponseReturnValue:
    """Accept the photo that the page showed, or ask for another with a reason (R1.24)."""
    actor, state = current_actor(), SAID.get(request.form.get("said", ""))
    back = safe_next(url_for("registration.show_person", slug=slug, ref=ref))
    try:
        with transaction():
            event = get_event(slug)
            row = get_registration(event.id, ref, actor.scope(REVIEW_PHOTO))
            photo = find_photo(event.id, row.photo_id)
            if photo is None or state is None:
                raise NotFound
            if photo.ref != request.form.get("photo"):
                say(_("There is a newer photo now. Look at it first."), "attention")
                return redirect(back)
            review(row, photo, state, reason=request.form.get("reason", ""), actor=actor)
    except Invalid as error:
        say(error.message, "stop")
        return redirect(back)
    say(
        _("The photo is accepted.")
        if state == PhotoState.OK
        else _("The person is asked for another photo, by e-mail and on the private page.")
    )
    return redirect(back)
