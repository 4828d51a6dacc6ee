"""One official letter: whom it names, verified or refused.

The page stands here and not beside the letters, because it shows registrations.
"""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import db
from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions, words
from eventhub.delegations import services as delegations
from eventhub.delegations.forms import RefuseForm
from eventhub.delegations.models import OfficialLetter
from eventhub.delegations.queries import (
    get_delegation_by_id,
    get_letter,
    letters_of,
)
from eventhub.entities.models import Entity
from eventhub.events.queries import categories_of
from eventhub.i18n import _, current
from eventhub.registration import queries, services
from eventhub.registration.models import Registration
from eventhub.registration.rules import State
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.queue import event_here
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once

SHOWN = (State.ACCREDITED, State.NOMINATED, State.SUBMITTED, State.RETURNED, State.WAITLISTED)


@bp.get("/manage/<slug>/letters/<ref>")
@requires(permissions.EDIT, switch="letters")
def show_letter(slug: str, ref: str) -> ResponseReturnValue:
    """Show a letter beside the names of its delegation."""
    return _page(slug, ref, RefuseForm()), 200


@bp.post("/manage/<slug>/letters/<ref>")
@requires(permissions.EDIT, switch="letters")
def decide_on_letter(slug: str, ref: str) -> ResponseReturnValue:
    """Verify the letter for the names ticked, change the ticks, or refuse it with a reason."""
    letter, form = _letter(ref), RefuseForm()
    act = request.form.get("act", "")
    if act == "refuse" and not form.validate():
        return _page(slug, ref, form), 422
    ticked = {row.id for row in _people(letter) if row.ref in set(request.form.getlist("who"))}
    actor = current_actor()

    def verify() -> str:
        services.verify_letter(letter, ticked, actor=actor)
        return _("The letter is verified. It counts for the names ticked.")

    def cover() -> str:
        services.cover(letter, ticked, actor=actor)
        return _("It is noted whom the letter names.")

    def refuse() -> str:
        delegations.refuse_letter(
            letter, reason=form.reason.data, text=form.text.data or "", actor=actor
        )
        return _("The letter is refused. Tell the delegation; it may send another one.")

    ways = {"verify": verify, "cover": cover, "refuse": refuse}
    if act not in ways:
        raise NotFound
    try:
        say(once(form.key.data, f"registration.letter.{act}:{letter.id}", ways[act]))
    except DomainError as error:
        if act != "refuse" or not error.field:
            say(error.message, "stop")
            return redirect(url_for("registration.show_letter", slug=slug, ref=ref))
        show_error(form, error)
        return _page(slug, ref, form), error.status
    return redirect(url_for("registration.show_letter", slug=slug, ref=ref))


def _letter(ref: str) -> OfficialLetter:
    return get_letter(event_here().id, ref, current_actor().scope(permissions.EDIT))


def _people(letter: OfficialLetter) -> list[Registration]:
    delegation = get_delegation_by_id(letter.event_id, letter.delegation_id)
    scope = current_actor().scope(permissions.EDIT)
    rows = queries.registrations_of_entity(letter.event_id, delegation.entity_id, scope)
    return [row for row in rows if row.delegation_id == delegation.id and row.state in SHOWN]


def _page(slug: str, ref: str, form: RefuseForm) -> str:
    event, letter = event_here(), _letter(ref)
    delegation = get_delegation_by_id(event.id, letter.delegation_id)
    categories = {one.id: one for one in categories_of(event.id)}
    named = queries.named_in(event.id, letter.id)
    rows = _people(letter)
    first_time = letter.state == "received" and not named
    return render_template(
        "registration/show_letter.html",
        event=event,
        letter=letter,
        delegation=delegation,
        entity=db.session.get_one(Entity, delegation.entity_id),
        people=[
            (row, queries.printed_name(row, current()), categories[row.category_id],
             row.id in named or first_time)
            for row in rows
        ],
        others=[one for one in letters_of(event.id, delegation.id) if one.id != letter.id],
        form=form,
        words=words,
        state_word=queries.state_word,
        kind_of=queries.kind_of,
    )  # fmt: skip
