"""The history of a delegation in words: who changed what of whom, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from eventhub.audit.queries import Entry, entries_of
from eventhub.delegations import permissions
from eventhub.delegations.queries import logged_about
from eventhub.delegations.rules import CLAIMED, REVIEW
from eventhub.events.words import city_of
from eventhub.i18n import _, current, lazy_gettext, ngettext
from eventhub.i18n.times import moment
from eventhub.registration.queries import printed_name, state_word
from eventhub.registration.queries.words import FIELD_WORDS, field_word
from eventhub.registration.queries.workspace import rows_of_delegation
from eventhub.registration.rules import State
from eventhub.registration.rules.folding import folded
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import desk_of
from eventhub.web.access import requires

PER_PAGE = 100
WITH_VALUES = frozenset({"phone", "language", "organisation", "functional_title"})
"""Fields whose values may be said; of all others the name of the field only."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that was done: when, by whom, to whom, what."""

    at: str
    who: str
    name: str
    what: str


@bp.get("/manage/<slug>/delegations/<ref>/history")
@requires(permissions.VIEW, switch="delegations")
def show_history(slug: str, ref: str) -> ResponseReturnValue:
    """Show who changed what in the delegation, the newest first, a hundred on a page."""
    desk = desk_of(ref)
    rows = rows_of_delegation(desk.sent, desk.scope)
    names = logged_about(desk.event.id, desk.sent.delegation.id)
    names |= {row.ref: printed_name(row, current()) or row.ref for row in rows}
    before = request.args.get("before", type=int)
    entries = entries_of(
        desk.event.id,
        subject_refs=[desk.sent.delegation.ref, *names],
        before_id=before,
        limit=PER_PAGE + 1,
    )
    more = entries[PER_PAGE - 1].id if len(entries) > PER_PAGE else None
    return render_template(
        "registration/show_history.html",
        event=desk.event,
        sent=desk.sent,
        lines=happenings(entries[:PER_PAGE], names, desk.event.zone),
        city=city_of(desk.event),
        more_url=desk.url("registration.show_history", before=more) if more else "",
    )


def happenings(entries: Sequence[Entry], names: Mapping[str, str], zone: str) -> list[Happening]:
    """Return log entries in words, repeated saves as one; `names` are people by their refs."""
    runs = folded(
        entries,
        subject=lambda one: one.subject_ref,
        act=lambda one: (one.who, one.action, one.action in MERGED or _said(one, names)),
        at=lambda one: one.at,
    )
    return [
        Happening(
            at=moment(run[0].at, zone),
            who=_("The person") if run[0].who in names else run[0].who,
            name=names.get(run[0].subject_ref, ""),
            what=_times(_said(_merged(run), names), len(run)),
        )
        for run in runs
    ]


MERGED = frozenset({"registration.change"})
"""Acts of which several are said as one, with the fields of all; others only where they say the
same."""


def _merged(run: Sequence[Entry]) -> Entry:
    """Return several saves as one: all fields, with what stood before the first and after the
    last; a value that came back to what it was is left out."""
    if len(run) == 1:
        return run[0]
    fields = list(dict.fromkeys(name for one in run for name in one.fields))
    changes = {}
    for name in fields:
        pairs = [one.changes[name] for one in run if name in one.changes]
        if pairs:
            changes[name] = [pairs[-1][0], pairs[0][1]]
    back = {name for name, pair in changes.items() if pair[0] == pair[1]}
    kept = [name for name in fields if name not in back]
    return replace(run[0], fields=kept or fields, changes=changes)


def _times(said: str, times: int) -> str:
    if times == 1:
        return said
    return ngettext("%(said)s (%(n)s time)", "%(said)s (%(n)s times)", times, said=said)


PLAIN = {
    "registration.withdraw_change": lazy_gettext("took the change back"),
    "registration.undo": lazy_gettext("took the decision back"),
    "registration.invite": lazy_gettext("invited by a personal link"),
    "registration.renew_asking": lazy_gettext("made a new link that asks for what is missing"),
    "registration.new_link": lazy_gettext("made a new private link"),
    "registration.see_needs": lazy_gettext("looked at the answers about diet and accessibility"),
    "registration.not_same_person": lazy_gettext("said that this is another person"),
    "registration.confirm_same_person": lazy_gettext("said that this is a person known before"),
    "delegation.open": lazy_gettext("opened the delegation"),
    "delegation.reply": lazy_gettext("wrote down how the delegation replied"),
    "delegation.head_away": lazy_gettext("said from when on the head is away"),
    "delegation.head_back": lazy_gettext("said that the head is back"),
    "delegation.add_contact": lazy_gettext("added a contact"),
    "delegation.call": lazy_gettext("wrote down a call"),
    "delegation.note": lazy_gettext("wrote a note"),
    "focal_point.confirm": lazy_gettext("confirmed as focal point"),
    "focal_point.make_primary": lazy_gettext("made the primary focal point"),
    "focal_point.end": lazy_gettext("is focal point no longer"),
    "letter.receive": lazy_gettext("sent a letter"),
    "letter.verify": lazy_gettext("confirmed the letter"),
    "letter.refuse": lazy_gettext("refused the letter"),
    "letter.supersede": lazy_gettext("put a later letter in its place"),
}
"""Acts of the log that need no further word."""


def _about_fields(entry: Entry) -> str:
    """Return what was asked for or decided about some fields; "" for any other act."""
    fields = _fields(entry.fields)
    return {
        "registration.request_change": _("asked for a change: %(fields)s", fields=fields),
        "registration.accepted_change": _("agreed to the change: %(fields)s", fields=fields),
        "registration.refused_change": _("refused the change: %(fields)s", fields=fields),
    }.get(entry.action, "")


def _said(entry: Entry, names: Mapping[str, str]) -> str:
    if entry.action in PLAIN:
        return str(PLAIN[entry.action])
    if about := _about_fields(entry):
        return about
    match entry.action:
        case "registration.move":
            return _moved(entry)
        case "registration.hold":
            return _("decided, not in effect yet: %(state)s", state=_to(entry))
        case "registration.change":
            return _changed(entry)
        case "letter.cover":
            return _covered(entry)
        case "focal_point.name":
            return _named(entry)
        case "delegation.order":
            moved = (entry.changes.get("moved") or [None, ""])[1]
            return _("changed the order: %(name)s", name=names.get(moved, ""))
        case _ if entry.subject_kind == "registration":
            return _("worked on the registration")
    return _("changed the delegation")


def _covered(entry: Entry) -> str:
    pair: Sequence[Any] = entry.changes.get("letter") or [None, None]
    return _("named in a letter") if pair[1] else _("named in a letter no longer")


def _named(entry: Entry) -> str:
    said = {
        CLAIMED: _("claimed the delegation by its code"),
        REVIEW: _("claimed the delegation; the secretariat decides"),
    }
    return said.get(_after(entry), _("named as focal point"))


def _moved(entry: Entry) -> str:
    pair: Sequence[Any] = entry.changes.get("state") or ["", ""]
    if pair[0] == "" and pair[1] == State.DRAFT:
        return _("entered")
    return _("is now: %(state)s", state=_to(entry))


def _to(entry: Entry) -> str:
    state = _after(entry)
    return state_word(state) if state in set(State) else ""


def _after(entry: Entry) -> str:
    pair = entry.changes.get("state") or ["", ""]
    return str(pair[1] or "")


def _changed(entry: Entry) -> str:
    said = []
    for name in entry.fields:
        pair = entry.changes.get(name)
        if pair is not None and name in WITH_VALUES and pair[0]:
            said.append(
                _(
                    "%(field)s: %(after)s (before: %(before)s)",
                    field=field_word(name),
                    after=pair[1] or "–",
                    before=pair[0],
                )
            )
        elif name in FIELD_WORDS:
            said.append(field_word(name))
    return _("changed: %(fields)s", fields=" · ".join(said))


def _fields(names: Sequence[str]) -> str:
    return " · ".join(field_word(name) for name in names if name in FIELD_WORDS)
