"""Possible duplicates for the officer: who looks like one person, and why (R1.30)."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.i18n import _
from eventhub.registration import queries, services
from eventhub.registration.permissions import DECIDE
from eventhub.registration.queries.twins import twin_pairs, twin_words
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.queue import event_here
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once
from eventhub.web.pages import PageOf, page_asked

PER_PAGE = 50


@bp.route("/manage/<slug>/people/twins", methods=["GET", "POST"])
@requires(DECIDE)
def list_twins(slug: str) -> ResponseReturnValue:
    """List the pairs that look like one person; the officer says which are two."""
    event, actor, form = event_here(), current_actor(), BaseForm()
    scope = actor.scope(DECIDE)
    if form.is_good():
        refs = request.form.get("first", ""), request.form.get("second", "")
        rows = [queries.get_registration(event.id, ref, scope) for ref in refs]

        def act() -> str:
            services.part_twins(event.id, [row.id for row in rows], actor=actor)
            return rows[0].ref

        pair = ",".join(sorted(refs))
        once(form.key.data or "", f"registration.part_twins:{event.id}:{pair}", act)
        say(_("Noted: these are two persons. They are not shown together any more."))
        return redirect(url_for("registration.list_twins", slug=slug))
    pairs = twin_pairs(event.id, [scope])
    number = page_asked()
    part = pairs[(number - 1) * PER_PAGE : number * PER_PAGE]
    ids = {one for pair in part for one in (pair.first_id, pair.second_id)}
    rows_by_id = queries.registrations_by_id(event.id, ids)
    references = queries.numbers_of(rows_by_id.values())
    lines = [
        {
            "rows": [
                (
                    queries.printed_name(row),
                    references[row.id],
                    queries.state_word(row.state),
                    queries.kind_of(row.state),
                    row.email,
                    url_for("registration.show_person", slug=slug, ref=row.ref),
                )
                for row in (rows_by_id[pair.first_id], rows_by_id[pair.second_id])
            ],
            "first": rows_by_id[pair.first_id].ref,
            "second": rows_by_id[pair.second_id].ref,
            "reasons": twin_words(pair),
        }
        for pair in part
    ]
    return render_template(
        "registration/list_twins.html",
        event=event,
        lines=lines,
        page=PageOf(part, number, max(1, -(-len(pairs) // PER_PAGE)), len(pairs)),
        form=form,
    )
