"""Ending the letters that say what changed in one's own programme, and having them again."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.made import frame_values
from eventhub.calendars import services
from eventhub.calendars.models import CalendarChoice
from eventhub.calendars.queries import person_of_link
from eventhub.calendars.views.blueprint import bp
from eventhub.core.db import db, transaction
from eventhub.events.showing import languages_of
from eventhub.i18n import _
from eventhub.registration.queries import registrant
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.language import prefer, switch


@bp.route("/my/<token>/letters", methods=["GET", "POST"])
@requires(BY_LINK)
def my_letters(token: str) -> ResponseReturnValue:
    """Say whether letters tell of changes, and let the person decide."""
    person = person_of_link(token)
    row, event = person.registration, person.event
    prefer(row.language)
    form = BaseForm()
    if form.is_good():
        wanted = request.form.get("wanted") == "yes"
        with transaction():
            services.want_letters(row, wanted=wanted, actor=registrant(row))
        say(
            _("You get a letter again when one of your sessions changes.")
            if wanted
            else _("You get no more letters when your sessions change.")
        )
        return redirect(url_for("calendars.my_letters", token=token))
    choice = db.session.get(CalendarChoice, row.id)
    return render_template(
        "calendars/my_letters.html",
        **frame_values(event, person.host, event.title()),
        page_languages=switch(languages_of(event)),
        form=form,
        token=token,
        wanted=choice is None or choice.by_letter,
    )
