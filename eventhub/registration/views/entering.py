"""Adding people to a delegation: line by line, pasted, a head in four fields, as last time."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.errors import DomainError, NotFound
from eventhub.core.text import fold
from eventhub.events.models import Category
from eventhub.i18n import LANGUAGES, _, current, ngettext
from eventhub.i18n.times import span
from eventhub.registration import queries, services
from eventhub.registration.forms.choices import honorifics
from eventhub.registration.forms.delegation import HeadForm, LinesForm, SameForm
from eventhub.registration.forms.stamps import stamp, stamped_at
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries.earlier import Earlier, earlier_people
from eventhub.registration.queries.workspace import names_in
from eventhub.registration.rules.pasted import MOST_ROWS, guess_rows
from eventhub.registration.services import Entry, Faulty
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import Desk, desk_of
from eventhub.registration.views.printable import warn_of_letters
from eventhub.web.access import requires
from eventhub.web.context import say
from eventhub.web.forms import is_sent, show_error
from eventhub.web.once import once

EMPTY_LINES = 5
CELL_OF = {"category_id": "category"}
"""The cell of a line by the name that services give to what is wrong."""


@bp.route("/manage/<slug>/delegations/<ref>/add", methods=["GET", "POST"])
@requires(VOUCH, switch="delegations")
def add_people(slug: str, ref: str) -> ResponseReturnValue:
    """Add people line by line; a pasted list is guessed into lines and shown for correction."""
    desk = desk_of(ref, VOUCH)
    act = request.form.get("act", "")
    if not is_sent() and (closed := services.why_closed(desk.setup, desk.actor)):
        say(closed, "attention")
        return redirect(desk.url("registration.show_delegation"))
    if is_sent() and act != "save":
        return _lines_page(desk, _guessed(desk, act)), 200
    form = LinesForm(data=None if is_sent() else {"lines": _empty_lines(desk, EMPTY_LINES)})
    form.offer(_choices(desk))
    form.issued.data = form.issued.data or stamp(desk.event.id)
    if is_sent() and form.check(names_in(desk.sent.delegation)):
        try:
            answer = once(
                form.key.data,
                f"registration.add_people:{desk.sent.delegation.id}",
                lambda: str(len(_save(desk, form))),
            )
            warn_of_letters(request.form)
            return _added(desk, int(answer))
        except Faulty as error:
            _tell(form, error)
        except DomainError as error:
            show_error(form, error)
    return _lines_page(desk, form), 422 if is_sent() else 200


@bp.route("/manage/<slug>/delegations/<ref>/head", methods=["GET", "POST"])
@requires(ENTER, switch="delegations")
def add_head(slug: str, ref: str) -> ResponseReturnValue:
    """Enter the head of a delegation in four fields, as protocol learns of one."""
    desk, form = desk_of(ref), HeadForm()
    head = desk.head_category()
    if head is None:
        raise NotFound
    if form.is_good():
        values = form.values()
        why = values.pop("override") or ""
        entry = Entry(head.id, {**values, "language": current()})
        try:
            once(
                form.key.data,
                f"registration.add_head:{desk.sent.delegation.id}",
                lambda: (
                    services.enter_people(
                        desk.sent.delegation,
                        [entry],
                        actor=desk.actor,
                        source="organiser",
                        override=why,
                    )[0].ref
                ),
            )
            return _added(desk, 1)
        except DomainError as error:
            show_error(form, error)
    return render_template(
        "registration/add_head.html",
        event=desk.event,
        honorifics=honorifics(),
        sent=desk.sent,
        form=form,
        asks_why=_asks_why(desk),
    ), form.status


@bp.route("/manage/<slug>/delegations/<ref>/last-time", methods=["GET", "POST"])
@requires(VOUCH, switch="delegations")
def same_people(slug: str, ref: str) -> ResponseReturnValue:
    """Enter people who came for the same entity to earlier events; consents are asked anew."""
    desk, form = desk_of(ref, VOUCH), SameForm()
    form.issued.data = form.issued.data or stamp(desk.event.id)
    found = earlier_people(desk.event, desk.sent.entity.id, desk.actor)
    categories = {one.code: one for one in desk.categories()}
    ticked = set(request.form.getlist("who"))
    if is_sent() and not ticked:
        form.form_errors.append(_("Choose somebody first."))
    if form.is_good() and ticked:
        entries = [_again(one, desk, categories) for one in found if one.row.ref in ticked]
        try:
            answer = once(
                form.key.data,
                f"registration.same_people:{desk.sent.delegation.id}",
                lambda: str(len(_enter(desk, entries, form))),
            )
            return _added(desk, int(answer))
        except DomainError as error:
            show_error(form, error)
    return render_template(
        "registration/same_people.html",
        event=desk.event,
        sent=desk.sent,
        form=form,
        people=[
            {
                "row": one.row,
                "name": queries.printed_name(one.row, current()),
                "post": one.row.functional_title,
                "event": one.event.title(),
                "days": span(one.event.starts_on, one.event.ends_on),
                "category": _category_again(one, desk, categories),
                "is_ticked": one.row.ref in ticked,
            }
            for one in found
        ],
        asks_why=_asks_why(desk),
    ), 422 if is_sent() else 200


def _category_again(
    one: Earlier, desk: Desk, categories: Mapping[str, Category]
) -> Category | None:
    """Return the category somebody had, or the usual one where it is not offered now."""
    usual = next((c for c in categories.values() if c.ref == desk.default_category()), None)
    return categories.get(one.category, usual)


def _again(one: Earlier, desk: Desk, categories: Mapping[str, Category]) -> Entry:
    category = _category_again(one, desk, categories)
    if category is None:
        raise NotFound
    return Entry(category.id, one.values(), person_id=one.row.person_id)


def _added(desk: Desk, n: int) -> ResponseReturnValue:
    if desk.in_preparation:
        said = ngettext(
            "%(n)s name is kept. It goes as soon as the letter is confirmed.",
            "%(n)s names are kept. They go as soon as the letter is confirmed.",
            n,
        )
    else:
        said = ngettext("%(n)s person is entered.", "%(n)s people are entered.", n)
    say(said)
    return redirect(desk.url("registration.show_delegation"))


def _lines_page(desk: Desk, form: LinesForm) -> str:
    return render_template(
        "registration/add_people.html",
        honorifics=honorifics(),
        event=desk.event,
        sent=desk.sent,
        form=form,
        in_preparation=desk.in_preparation,
        most=MOST_ROWS,
        asks_why=_asks_why(desk),
    )


def _asks_why(desk: Desk) -> bool:
    """Tell whether the deadline has passed and the actor is one who may say why (R1.15)."""
    return desk.actor.may(ENTER) and clock.now() > desk.event.registration_closes_at


def _choices(desk: Desk) -> dict[str, str]:
    return {"": _("Choose")} | {one.ref: one.name() for one in desk.categories()}


def _empty_lines(desk: Desk, count: int) -> Sequence[Mapping[str, str]]:
    return [{"category": desk.default_category()} for _n in range(count)]


def _guessed(desk: Desk, act: str) -> LinesForm:
    """Return the lines typed so far and those guessed from what was pasted, then empty ones."""
    sent = LinesForm()
    sent.offer(_choices(desk))
    refs = {one.code: one.ref for one in desk.categories()}
    rows: list[dict[str, Any]] = [
        {**line.values(), "category": line.category.data} for _at, line in sent.filled
    ]
    pasted = sent.pasted.data or "" if act == "guess" else ""
    guesses = guess_rows(pasted, _names_of(desk)) if pasted else []
    for guess in guesses:
        values = dict(guess.values)
        code = values.pop("category", "")
        rows.append({**values, "category": refs.get(code) or desk.default_category()})
    more = _empty_lines(desk, EMPTY_LINES if act == "more" or not rows else 1)
    sent.lines.entries.clear()
    sent.lines.last_index = -1
    for row in [*rows[:MOST_ROWS], *more]:
        sent.lines.append_entry(row)
    sent.pasted.data = ""
    sent.offer(_choices(desk))
    doubtful = len(rows) - len(guesses)
    for at, guess in enumerate(guesses, start=doubtful):
        if at < len(sent.lines) and "family_name" in guess.doubts:
            cell = sent.lines[at].form.family_name
            cell.errors = [_("Put the family name here: it could not be told apart.")]
    return sent


def _names_of(desk: Desk) -> dict[str, str]:
    """Return the codes of the categories by each of their names and marks, folded."""
    found: dict[str, str] = {}
    for one in desk.categories():
        words = [one.code, one.mark, *(one.names.get(code) or "" for code in LANGUAGES)]
        found |= {fold(word): one.code for word in words if word}
    return found


def _save(desk: Desk, form: LinesForm) -> Sequence[Any]:
    ids = {one.ref: one.id for one in desk.categories()}
    entries = [
        Entry(ids[line.category.data], {**line.values(), "language": current()})
        for _at, line in form.filled
    ]
    return _enter(desk, entries, form)


def _enter(desk: Desk, entries: Sequence[Entry], form: LinesForm | SameForm) -> Sequence[Any]:
    return services.enter_people(
        desk.sent.delegation,
        entries,
        actor=desk.actor,
        source=desk.source,
        override=form.override.data or "",
        begun_at=stamped_at(form.issued.data or "", desk.event.id),
        is_informed=bool(form.informed.data),
    )


def _tell(form: LinesForm, error: Faulty) -> None:
    """Put each fault beside its cell."""
    filled = form.filled
    for fault in error.faults:
        _at, line = filled[fault.at]
        cell = line[CELL_OF.get(fault.field, fault.field)]
        cell.errors = [*cell.errors, fault.sentence]
