"""Who of a delegation sits in a session whose seats are limited (R1.8)."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions
from eventhub.delegations.queries import get_delegation
from eventhub.events.queries import get_event
from eventhub.events.words import city_of
from eventhub.i18n import _, current, ngettext
from eventhub.i18n.times import event_time
from eventhub.places import forms
from eventhub.places.views.blueprint import bp
from eventhub.registration import queries, services
from eventhub.registration.models import Registration
from eventhub.registration.queries import SessionUse, Setup, setup_of
from eventhub.registration.queries.session_waiting import WORDS
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.zones import reader_zone


@bp.route("/manage/<slug>/delegations/<ref>/seats/sessions/<code>", methods=["GET", "POST"])
@requires(permissions.VOUCH, switch="delegations")
def seat_people(slug: str, ref: str, code: str) -> ResponseReturnValue:
    """Say who of the delegation sits in a session.

    What the form does not change stays as somebody else left it meanwhile.
    """
    event = get_event(slug)
    scope = current_actor().scope(permissions.VOUCH)
    sent = get_delegation(event.id, ref, scope)
    setup = setup_of(event.id)
    use = _use_of(setup, sent.entity.id, code)
    rows = {
        row.ref: row
        for row in queries.registrations_of_entity(event.id, sent.entity.id, scope)
        if queries.may_sit(use.pool, use.session, setup.categories[row.category_id], row)
    }
    seated = [ref for ref, row in rows.items() if row.id in {*use.seated, *use.waiting}]
    form = forms.SeatedForm(data={"seen": " ".join(seated), "who": seated})
    form.who.choices = {ref: _label(setup, row, use) for ref, row in rows.items()}
    if form.is_good():
        seen, ticked = set((form.seen.data or "").split()), set(form.who.data or [])
        try:
            with transaction():
                gone = [rows[one].id for one in seen - ticked if one in rows]
                services.take_session_seats(event.id, code, gone, actor=current_actor())
                new = [rows[one].id for one in ticked - seen if one in rows]
                waiting = len(
                    services.give_session_seats(event.id, code, new, actor=current_actor())
                )
            say(_("Saved."))
            if waiting:
                said = ngettext(
                    "%(n)s person waits for a seat, and is told by mail when one becomes free.",
                    "%(n)s people wait for a seat, and are told by mail when one becomes free.",
                    waiting,
                )
                say(said, "note")
            return redirect(url_for("places.show_seats", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, type(error)(error.message, "who"))
            use = _use_of(setup, sent.entity.id, code)
    page = render_template(
        "places/seat_people.html",
        event=event,
        sent=sent,
        use=use,
        form=form,
        starts=event_time(
            use.session.starts_at, event.zone, city_of(event), reader_zone=reader_zone()
        ),
    )
    return page, form.status


def _use_of(setup: Setup, entity_id: int, code: str) -> SessionUse:
    uses = queries.session_uses(setup, entity_id)
    use = next((one for one in uses if one.pool.code == code), None)
    if use is None:
        raise NotFound
    return use


def _label(setup: Setup, row: Registration, use: SessionUse) -> str:
    name = queries.printed_name(row, current())
    said = {"name": name, "role": setup.categories[row.category_id].name()}
    place = use.waiting.get(row.id)
    if place is None:
        return _("%(name)s, %(role)s", **said)
    said |= {"place": str(place.number), "why": str(WORDS[place.turn])}
    return _("%(name)s, %(role)s: waits, place %(place)s (%(why)s)", **said)
