"""Making a rehearsal of an event."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.errors import DomainError
from eventhub.events.queries import get_event
from eventhub.events.rules import local
from eventhub.events.services import REHEARSAL_DAYS
from eventhub.i18n import _
from eventhub.rehearsals import services
from eventhub.rehearsals.forms import RehearseForm
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse
from eventhub.web.once import once

bp = Blueprint("rehearsals", __name__)


@bp.route("/manage/<slug>/rehearse", methods=["GET", "POST"])
@requires("event.copy")
def rehearse(slug: str) -> ResponseReturnValue:
    """Make a rehearsal: a hidden copy with stand-ins, whose mails are caught."""
    event = get_event(slug)
    languages = list(event.languages)
    today = local(clock.now(), event.zone).date()
    form: Any = RehearseForm(data={"starts_on": today})

    def act() -> str:
        copy = services.rehearse(
            get_event(slug),
            starts_on=form.starts_on.data,
            with_people=form.stand_ins.data,
            actor=current_actor(),
        )
        return copy.slug

    if form.is_good():
        try:
            new = once(form.key.data, f"rehearsals.rehearse:{event.id}", act)
        except DomainError as error:
            refuse(form, error, languages)
        else:
            say(_("The rehearsal is ready. Its mails are caught; it is erased by itself."))
            if form.stand_ins.data:
                say(_("The invented people register in it now: give them a minute."), "note")
            return redirect(url_for("homes.show_event", slug=new))
    page = render_template(
        "rehearsals/rehearse.html",
        form=form,
        event=get_event(slug),
        kept_days=REHEARSAL_DAYS,
    )
    return page, form.status
