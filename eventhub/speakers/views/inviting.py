"""Inviting chosen speakers, and reminding the silent: one page before mail leaves the house."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError
from eventhub.events.queries import get_event
from eventhub.i18n import LANGUAGES, _, ngettext
from eventhub.speakers import messages, services
from eventhub.speakers.queries import rows_of
from eventhub.speakers.rules import GONE
from eventhub.speakers.views.blueprint import bp
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once


@bp.route("/manage/<slug>/programme/speakers/invite", methods=["GET", "POST"])
@requires("agenda.edit")
def invite(slug: str) -> ResponseReturnValue:
    """Say who is written to, in which language; then write to them (?who=REF&who=REF)."""
    event, form = get_event(slug), BaseForm()
    refs = request.values.getlist("who")
    rows = rows_of(event, refs) if refs else []
    if not rows:
        say(_("Choose somebody first."), "attention")
        return redirect(url_for("speakers.list_speakers", slug=slug))
    asked = [row for row in rows if any(p.slot.answer not in GONE for p in row.parts)]
    if form.is_good():

        def act() -> str:
            sent = services.invite(event, refs, actor=current_actor())
            return f"{sent.mailed} {sent.silent_ways}"

        try:
            answer = once(form.key.data, f"speakers.invite:{event.id}", act)
            mailed, others = map(int, answer.split())
            say(ngettext("%(n)s speaker is written to.", "%(n)s speakers are written to.", mailed))
            if others:
                say(
                    ngettext(
                        "%(n)s speaker has no address: pass the link on from their page.",
                        "%(n)s speakers have no address: pass the links on from their pages.",
                        others,
                    ),
                    "attention",
                )
            return redirect(url_for("speakers.list_speakers", slug=slug))
        except DomainError as error:
            show_error(form, error)
    first = next((row for row in asked if row.speaker.email), asked[0] if asked else None)
    page = render_template(
        "speakers/invite.html",
        event=event,
        form=form,
        rows=asked,
        left_out=[row for row in rows if row not in asked],
        languages={
            row.speaker.ref: LANGUAGES[row.speaker.language or event.languages[0]].own_name
            for row in asked
        },
        mailed=sum(bool(row.speaker.email) for row in asked),
        first=first.speaker if first else None,
        letter=messages.preview(event, first) if first else None,
    )
    return page, form.status


@bp.post("/manage/<slug>/programme/speakers/remind")
@requires("agenda.edit")
def remind(slug: str) -> ResponseReturnValue:
    """Remind those who were invited and are silent, nobody else."""
    event, form = get_event(slug), BaseForm()
    refs = request.form.getlist("who") or None
    try:
        mailed = once(
            form.key.data,
            f"speakers.remind:{event.id}",
            lambda: str(services.remind(event, refs, actor=current_actor()).mailed),
        )
        say(ngettext("%(n)s speaker is reminded.", "%(n)s speakers are reminded.", int(mailed)))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("speakers.list_speakers", slug=slug))
