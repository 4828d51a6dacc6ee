"""What each rank is due, what each head is due, and exceptions with their notes (R2.20)."""

from dataclasses import asdict

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.arrivals import words
from eventhub.arrivals.forms import CourtesyForm, ExceptionForm, version_in
from eventhub.arrivals.permissions import ARRANGE, SWITCH
from eventhub.arrivals.queries import courtesies as queries
from eventhub.arrivals.queries.heads import heads_of
from eventhub.arrivals.rules import Courtesy
from eventhub.arrivals.services import courtesies as services
from eventhub.arrivals.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.events.queries import get_event
from eventhub.i18n import _, current
from eventhub.registration.queries import get_registration, printed_name
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error


@bp.get("/manage/<slug>/arrivals/courtesies")
@requires(ARRANGE, switch=SWITCH)
def list_courtesies(slug: str) -> ResponseReturnValue:
    """List what each rank is due, and what each head is due by it."""
    event = get_event(slug)
    dues = queries.dues_of(event.id)
    scope = current_actor().scope(ARRANGE)
    heads = [
        (line, dues.of(line.row))
        for line in heads_of(event.id).lines
        if scope.categories is None or line.row.category_id in scope.categories
    ]
    return render_template(
        "arrivals/list_courtesies.html",
        event=event,
        ranks=[
            (rank, queries.given(dues.by_rank[rank.id]) if rank.id in dues.by_rank else Courtesy())
            for rank in dues.levels
        ],
        heads=heads,
        words=words,
    )


@bp.route("/manage/<slug>/arrivals/courtesies/ranks/<code>", methods=["GET", "POST"])
@requires(ARRANGE, switch=SWITCH)
def set_courtesy(slug: str, code: str) -> ResponseReturnValue:
    """Say what a rank is due."""
    event, rank = get_event(slug), queries.get_rank(code)
    row = queries.find_courtesy(event.id, rank.id)
    kept = asdict(queries.given(row)) if row else {}
    form = CourtesyForm(data={**kept, "version": str(row.version) if row else "0"})
    status = None
    if form.is_good():
        try:
            with transaction():
                services.set_courtesy(
                    event,
                    rank,
                    form.courtesy(),
                    version=version_in(form),
                    actor=current_actor(),
                )
            say(_("Saved."))
            return redirect(url_for("arrivals.list_courtesies", slug=slug))
        except DomainError as error:
            show_error(form, error)
            status = error.status
    page = render_template(
        "arrivals/courtesy.html", event=event, form=form, heading=rank.name(), due=None, row=None
    )
    return page, status or form.status


@bp.route("/manage/<slug>/arrivals/courtesies/people/<ref>", methods=["GET", "POST"])
@requires(ARRANGE, switch=SWITCH)
def make_exception(slug: str, ref: str) -> ResponseReturnValue:
    """Give one person something else than the rank is due, and say why."""
    event, actor = get_event(slug), current_actor()
    person = get_registration(event.id, ref, actor.scope(ARRANGE))
    dues = queries.dues_of(event.id)
    own = dues.exceptions.get(person.id)
    due = dues.of(person)
    given = {**asdict(due.courtesy), "note": due.note, "version": str(own.version if own else 0)}
    form = ExceptionForm(data=given)
    status = None
    if form.is_good():
        try:
            with transaction():
                services.make_exception(
                    event,
                    person,
                    form.courtesy(),
                    form.note.data or "",
                    version=version_in(form),
                    actor=actor,
                )
            say(_("Saved."))
            return redirect(url_for("arrivals.list_courtesies", slug=slug))
        except DomainError as error:
            show_error(form, error)
            status = error.status
    rank = dues.by_rank.get(person.rank_level_id or 0)
    page = render_template(
        "arrivals/courtesy.html",
        event=event,
        form=form,
        heading=printed_name(person, current()) or person.ref,
        due=" · ".join(words.gifts(queries.given(rank) if rank else Courtesy())),
        row=person if own else None,
    )
    return page, status or form.status


@bp.post("/manage/<slug>/arrivals/courtesies/people/<ref>/end")
@requires(ARRANGE, switch=SWITCH)
def end_exception(slug: str, ref: str) -> ResponseReturnValue:
    """Give a person what the rank is due again."""
    event, actor = get_event(slug), current_actor()
    person = get_registration(event.id, ref, actor.scope(ARRANGE))
    if BaseForm().is_good():
        with transaction():
            services.end_exception(event, person, actor=actor)
        say(_("Saved."))
    return redirect(url_for("arrivals.list_courtesies", slug=slug))
