"""Official letters: sent by a focal point or the secretariat, listed, opened."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError
from eventhub.delegations import permissions, queries, services, words
from eventhub.delegations.forms import LetterForm
from eventhub.delegations.models import OfficialLetter
from eventhub.delegations.queries import Sent
from eventhub.delegations.rules import RECEIVED, VERIFIED
from eventhub.delegations.views.blueprint import bp
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _, current, pgettext
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.forms import show_error
from eventhub.web.once import once


@bp.get("/manage/<slug>/letters")
@requires(permissions.EDIT, switch="letters")
def list_letters(slug: str) -> ResponseReturnValue:
    """List all official letters, those to be looked at first."""
    event = get_event(slug)
    sent = {
        one.delegation.id: one
        for one in queries.delegations_of(
            event.id, current_actor().scope(permissions.EDIT), current()
        )
    }
    rows = queries.all_letters(event.id)
    rows.sort(key=lambda row: row.state != RECEIVED)
    return render_template(
        "delegations/list_letters.html",
        event=event,
        letters=[
            (row, sent[row.delegation_id].entity) for row in rows if row.delegation_id in sent
        ],
        waiting=sum(row.state == RECEIVED for row in rows),
        words=words,
    )


@bp.route("/manage/<slug>/delegations/<ref>/letters", methods=["GET", "POST"])
@requires(permissions.VOUCH, switch="letters")
def send_letter(slug: str, ref: str) -> ResponseReturnValue:
    """Show the letters of a delegation and take another one."""
    event, actor = get_event(slug), current_actor()
    sent = queries.get_delegation(event.id, ref, actor.scope(permissions.VOUCH))
    letters = queries.letters_of(event.id, sent.delegation.id)
    form = LetterForm()
    form.supersedes.choices = {"": pgettext("letter", "None")} | {
        row.ref: _name(row) for row in letters if row.state in (VERIFIED, RECEIVED)
    }
    if not form.is_good():
        return _page(event, sent, letters, form), form.status
    data = form.file.data.read() if form.file.data else b""
    old = next((row for row in letters if row.ref == form.supersedes.data), None)

    def act() -> str:
        return services.receive_letter(
            sent.delegation,
            data,
            name=form.file.data.filename or "letter",
            supersedes=old,
            point=queries.own_claim(event.id, sent.delegation.id, actor.id),
            actor=actor,
            **form.details(),
        ).ref

    try:
        once(form.key.data, f"delegations.send_letter:{sent.delegation.id}", act)
    except DomainError as error:
        show_error(form, error)
        return _page(event, sent, letters, form), error.status
    say(_("The letter has arrived. The secretariat looks at it; names can be entered meanwhile."))
    return redirect(url_for("registration.show_delegation", slug=slug, ref=ref))


@bp.get("/manage/<slug>/letters/<ref>/file")
@requires(permissions.VIEW, switch="letters")
def open_letter(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the file of an official letter, as what it is by its content."""
    event = get_event(slug)
    row = queries.get_letter(event.id, ref, current_actor().scope(permissions.VIEW))
    return send_stored(services.file_of(event.id, row.file_id), inline=True)


def _name(row: OfficialLetter) -> str:
    return _(
        "Version %(version)s: %(kind)s %(number)s",
        version=row.version,
        kind=words.LETTER_KINDS[row.kind],
        number=row.reference_no,
    )


def _page(event: Event, sent: Sent, letters: list[OfficialLetter], form: LetterForm) -> str:
    return render_template(
        "delegations/send_letter.html",
        event=event,
        sent=sent,
        letters=letters,
        form=form,
        words=words,
    )
