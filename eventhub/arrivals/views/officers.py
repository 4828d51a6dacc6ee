"""Liaison officers: who meets which delegation."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.arrivals.forms import OfficerForm
from eventhub.arrivals.permissions import ARRANGE, SWITCH
from eventhub.arrivals.queries import travel
from eventhub.arrivals.services import liaison
from eventhub.arrivals.views.blueprint import bp
from eventhub.core.actor import EVERYTHING
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.delegations.queries import delegations_of
from eventhub.events.queries import get_event
from eventhub.i18n import _, current
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once


@bp.route("/manage/<slug>/arrivals/officers", methods=["GET", "POST"])
@requires(ARRANGE, switch=SWITCH)
def list_officers(slug: str) -> ResponseReturnValue:
    """List the delegations with who meets them, and name officers."""
    event, form = get_event(slug), OfficerForm()
    sent = delegations_of(event.id, EVERYTHING, current())
    form.delegations.choices = [(one.delegation.ref, one.name) for one in sent]
    if form.is_good():
        chosen = set(form.delegations.data or [])

        def act() -> str:
            rows = liaison.name_officer(
                event,
                [one.delegation for one in sent if one.delegation.ref in chosen],
                email=form.email.data or "",
                name=form.name.data,
                phone=form.phone.data or "",
                language=current(),
                actor=current_actor(),
            )
            return rows[0].ref

        try:
            once(form.key.data, f"arrivals.name_officer:{event.id}", act)
            say(_("%(name)s has the role now and is told by e-mail.", name=form.name.data))
            return redirect(url_for("arrivals.list_officers", slug=slug))
        except DomainError as error:
            show_error(form, error)
    officers = travel.officers_of(event.id)
    page = render_template(
        "arrivals/list_officers.html",
        event=event,
        form=form,
        lines=[(one, officers.get(one.delegation.id, [])) for one in sent],
    )
    return page, form.status


@bp.post("/manage/<slug>/arrivals/officers/<ref>/end")
@requires(ARRANGE, switch=SWITCH)
def end_officer(slug: str, ref: str) -> ResponseReturnValue:
    """Take a delegation out of an officer's hands."""
    event = get_event(slug)
    officer = travel.get_officer(event.id, ref)
    if BaseForm().is_good():
        with transaction():
            liaison.end_officer(officer, actor=current_actor())
        say(_("The role is taken away."))
    return redirect(url_for("arrivals.list_officers", slug=slug))
