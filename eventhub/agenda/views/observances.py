"""Holidays and times of prayer, which the programme should make room for."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import services
from eventhub.agenda.forms.observances import observances_form
from eventhub.agenda.rules import Observances
from eventhub.agenda.rules.observances import FEATURE
from eventhub.agenda.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.events.queries import get_event, setting
from eventhub.i18n import _
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse


@bp.route("/manage/<slug>/programme/observances", methods=["GET", "POST"])
@requires("agenda.edit")
def observances(slug: str) -> ResponseReturnValue:
    """Say at which days and times the place rests or prays."""
    event = get_event(slug)
    form = observances_form(setting(event.id, FEATURE, Observances))
    if form.is_good():
        try:
            with transaction():
                services.keep_observances(event, form.said(), actor=current_actor())
            say(_("Saved."))
            return redirect(url_for("agenda.check", slug=slug))
        except DomainError as error:
            refuse(form, error)
    return render_template("agenda/observances.html", event=event, form=form), form.status
