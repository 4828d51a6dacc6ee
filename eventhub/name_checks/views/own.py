"""One's own name, as badge, list and certificate will print it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import db
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event_by_id
from eventhub.events.showing import languages_of, layout
from eventhub.i18n import _
from eventhub.institutions.models import Institution
from eventhub.name_checks import services
from eventhub.name_checks.forms import ConfirmForm
from eventhub.name_checks.queries import SWITCH, checks_of, is_over
from eventhub.name_checks.views.blueprint import bp
from eventhub.name_checks.words import freeze_sentence
from eventhub.registration.models import Registration
from eventhub.registration.queries import by_token, open_changes, registrant
from eventhub.registration.rules import SEAT_STATES
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.language import prefer, switch
from eventhub.web.once import once


@bp.route("/my/<token>/names", methods=["GET", "POST"])
@requires(BY_LINK)
def show_own(token: str) -> ResponseReturnValue:
    """Show the three forms of one's name on one page, to be confirmed or corrected."""
    row = by_token(token)
    event = get_event_by_id(row.event_id)
    if row.state not in SEAT_STATES or SWITCH not in event.switches:
        raise NotFound
    prefer(row.language)
    form = ConfirmForm()
    if form.is_good():
        try:
            return _confirm(event, row, form, token)
        except DomainError as error:
            show_error(form, error)
    [one] = checks_of(event, [row])
    institution = db.session.get_one(Institution, event.institution_id)
    form.seen.data = one.forms.digest
    page = render_template(
        "name_checks/own.html",
        **layout(event, institution.names, categories_of(event.id), reference=event.title()),
        page_languages=switch(languages_of(event)),
        one=one,
        form=form,
        token=token,
        until=freeze_sentence(event),
        is_over=is_over(event),
        waits=bool(open_changes(event.id, [row.id])),
    )
    return page, form.status


def _confirm(event: Event, row: Registration, form: ConfirmForm, token: str) -> ResponseReturnValue:
    seen = {row.id: form.seen.data or ""}

    def act() -> str:
        services.confirm(event, [row], seen, by="person", actor=registrant(row))
        return row.ref

    once(form.key.data, f"name_checks.confirm:{row.ref}", act)
    say(_("Thank you. Your name will be printed like this."))
    return redirect(url_for("registration.show_own", token=token))
