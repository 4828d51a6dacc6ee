"""What staff and focal points do to one or many: the buttons, their reasons, the work behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from eventhub.core.actor import Actor, Scope
from eventhub.core.db import db
from eventhub.core.errors import Conflict, DomainError, NotFound
from eventhub.events.queries import categories_of, get_event
from eventhub.i18n import _, current, lazy_gettext, ngettext
from eventhub.jobs.queries import find_job
from eventhub.jobs.services import queue
from eventhub.registration import services
from eventhub.registration.forms.staff import DecideForm
from eventhub.registration.jobs import DECIDERS
from eventhub.registration.models import Registration
from eventhub.registration.permissions import DECIDE, REINSTATE, VIEW, VOUCH
from eventhub.registration.queries import printed_name, select_people, within
from eventhub.registration.rules import State
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.filters import PARTS, people_asked
from eventhub.registration.views.said import said_of
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once
from eventhub.web.urls import safe_next

MOST_AT_ONCE = 50
"""More than these are decided by a job that shows how far it is."""


@dataclass(frozen=True, slots=True)
class Act:
    """A button: the service it calls, its word, the state whose reasons it asks for."""

    service: Callable[..., Any]
    word: Any
    rights: tuple[str, ...] = (DECIDE,)
    to: State | None = None
    asks: bool = False


ACTS: dict[str, Act] = {
    "accredit": Act(services.accredit, lazy_gettext("Accredit")),
    "return": Act(
        services.return_, lazy_gettext("Return"), (DECIDE, VOUCH), State.RETURNED, asks=True
    ),
    "reject": Act(
        services.reject, lazy_gettext("Reject"), (DECIDE, VOUCH), State.REJECTED, asks=True
    ),
    "waitlist": Act(
        services.waitlist, lazy_gettext("Put on the waiting list"), (DECIDE,), State.WAITLISTED
    ),
    "vouch": Act(services.vouch, lazy_gettext("Vouch"), (VOUCH,)),
    "place": Act(services.give_place, lazy_gettext("Give a free place")),
    "withdraw": Act(
        services.withdraw, lazy_gettext("Withdraw"), (VOUCH,), State.WITHDRAWN, asks=True
    ),
    "revoke": Act(services.revoke, lazy_gettext("Revoke"), (DECIDE,), State.REVOKED, asks=True),
    "reinstate": Act(services.reinstate, lazy_gettext("Take up again"), (REINSTATE,), asks=True),
    "undo": Act(services.undo_decision, lazy_gettext("Undo"), (DECIDE, VOUCH)),
}

WITHOUT_VERSION = frozenset({"undo"})


@bp.post("/manage/<slug>/people/decide")
@requires(VIEW)
def decide(slug: str) -> ResponseReturnValue:
    """Do what the button says to those chosen, asking for a reason where one is needed."""
    actor = current_actor()
    back = safe_next(url_for("registration.list_people", slug=slug))
    return carry(slug, actor.scope(VIEW), back)


def carry(slug: str, scope: Scope, back: str) -> ResponseReturnValue:
    """Read the act and those chosen from the form, within the scope, and do it."""
    actor, event_id = current_actor(), _event_id()
    name = request.form.get("act", "")
    act = ACTS.get(name)
    if act is None or not any(actor.may(right) for right in act.rights):
        raise NotFound
    rows = _chosen(event_id, scope)
    if not rows:
        say(_("Choose somebody first."), "attention")
        return redirect(back)
    form = DecideForm.for_move(act.to if act.asks else None)
    asked = not act.asks or "text" in request.form
    sure = len(rows) <= MOST_AT_ONCE or "sure" in request.form
    if not (asked and sure):
        return _page(slug, name, act, rows, form, back), 200
    if act.asks and not form.validate():
        return _page(slug, name, act, rows, form, back), 422
    given = form.values() if act.asks else {}
    try:
        if len(rows) > MOST_AT_ONCE and name in DECIDERS:
            ref = _queue(slug, event_id, name, rows, given, actor, form.key.data or "")
            return redirect(url_for("registration.show_work", slug=slug, ref=ref))
        _do(event_id, name, act, rows, given, actor, form.key.data or "")
    except Conflict as error:
        say(error.message, "stop")
        return redirect(back)
    except DomainError as error:
        if not act.asks:
            raise
        show_error(form, error)
        return _page(slug, name, act, rows, form, back), error.status
    say(said_of(name, [printed_name(row, current()) for row in rows]))
    return redirect(back)


def _do(
    event_id: int,
    name: str,
    act: Act,
    rows: Sequence[Registration],
    given: dict[str, Any],
    actor: Actor,
    key: str,
) -> None:
    ids = [row.id for row in rows]
    more = dict(given)
    if name not in WITHOUT_VERSION:
        more["versions"] = _seen(rows)

    def do() -> str:
        act.service(event_id, ids, actor=actor, **more)
        return "done"

    once(key, f"registration.decide:{name}:{event_id}:{_whom(rows)}", do)


def _whom(rows: Sequence[Registration]) -> str:
    """Return who is meant: several forms of one page share its key, each for other people.

    "All that the filter shows" is named by the filter: who that is may differ the second time.
    """
    if "all" in request.form:
        return "all:" + "&".join(f"{name}={request.form.get(name, '')}" for name in PARTS)
    return ",".join(sorted(row.ref for row in rows))


def _queue(
    slug: str,
    event_id: int,
    name: str,
    rows: Sequence[Registration],
    given: dict[str, Any],
    actor: Actor,
    key: str,
) -> str:
    ids = [row.id for row in rows]

    def ask() -> str:
        job = queue(
            "registration.decide_many",
            event_id=event_id,
            act=name,
            slug=slug,
            ids=ids,
            account_id=actor.id,
            given=given,
        )
        return job.ref

    return once(key, f"registration.decide_many:{name}:{event_id}:{_whom(rows)}", ask)


@bp.get("/manage/<slug>/people/work/<ref>")
@requires(VIEW)
def show_work(slug: str, ref: str) -> ResponseReturnValue:
    """Show how far a decision on many is; the page loads itself again until it has ended."""
    event = get_event(slug)
    job = find_job(ref, event_id=event.id)
    if job is None or job.name != "registration.decide_many":
        raise NotFound
    left_out = job.result.get("left_out", [])
    query = select(Registration).where(
        Registration.event_id == event.id,
        Registration.ref.in_(left_out),
        within([current_actor().scope(VIEW)]),
    )
    page = render_template(
        "registration/show_work.html",
        event=event,
        job=job,
        act=ACTS[job.args["act"]],
        left_out=list(db.session.scalars(query)) if left_out else [],
        printed_name=printed_name,
        lang=current(),
    )
    again: dict[str, str] = {"Refresh": "2"} if job.state in ("waiting", "running") else {}
    return page, 200, again


def _chosen(event_id: int, scope: Scope) -> list[Registration]:
    """Return those ticked, or all that the filter shows; NotFound where one is out of reach."""
    if "all" in request.form:
        people = people_asked(request.form, categories_of(event_id))
        query = select_people(event_id, people, [scope])
        return list(db.session.scalars(query))
    refs = list(dict.fromkeys(request.form.getlist("who")))
    query = select(Registration).where(
        Registration.event_id == event_id, Registration.ref.in_(refs), within([scope])
    )
    found = {row.ref: row for row in db.session.scalars(query)}
    if len(found) != len(refs):
        raise NotFound
    return [found[ref] for ref in refs]


def _seen(rows: Sequence[Registration]) -> dict[int, int]:
    """Return the versions that the page showed, of those of which it told one."""
    told = dict(one.split(".", 1) for one in request.form.getlist("seen") if "." in one)
    return {row.id: int(told[row.ref]) for row in rows if told.get(row.ref, "").isdigit()}


def _page(
    slug: str, name: str, act: Act, rows: Sequence[Registration], form: DecideForm, back: str
) -> str:
    asked_all = "all" in request.form
    return render_template(
        "registration/decide.html",
        slug=slug,
        act_name=name,
        act=act,
        rows=rows,
        names=[printed_name(row, current()) for row in rows[:10]],
        form=form,
        asks=act.asks,
        back=back,
        heading=_heading(name, rows),
        filter={name: request.form.get(name, "") for name in PARTS} if asked_all else None,
        action=request.path,
        seen=request.form.getlist("seen"),
    )


def _heading(name: str, rows: Sequence[Registration]) -> str:
    one = printed_name(rows[0], current()) if len(rows) == 1 else ""
    n = len(rows)
    words: dict[str, tuple[str, str]] = {
        "return": (
            _("Return the registration of %(name)s", name=one),
            ngettext("Return %(n)s registration", "Return %(n)s registrations", n),
        ),
        "reject": (
            _("Reject %(name)s", name=one),
            ngettext("Reject %(n)s person", "Reject %(n)s people", n),
        ),
        "withdraw": (
            _("Withdraw %(name)s and free the place", name=one),
            ngettext(
                "Withdraw %(n)s person and free the place",
                "Withdraw %(n)s people and free their places",
                n,
            ),
        ),
        "revoke": (
            _("Revoke the accreditation of %(name)s", name=one),
            ngettext("Revoke %(n)s accreditation", "Revoke %(n)s accreditations", n),
        ),
        "reinstate": (
            _("Take up the registration of %(name)s again", name=one),
            ngettext("Take up %(n)s registration again", "Take up %(n)s registrations again", n),
        ),
        "accredit": (
            _("Accredit %(name)s", name=one),
            ngettext("Accredit %(n)s person", "Accredit %(n)s people", n),
        ),
    }
    single, many = words.get(name, (str(ACTS[name].word), str(ACTS[name].word)))
    return single if one else many


def _event_id() -> int:
    event_id = current_place().event_id
    if event_id is None:
        raise NotFound
    return event_id
