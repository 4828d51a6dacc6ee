"""What is known of one registration, in words: its data, its decisions, changes, consents."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventhub.core.db import db
from eventhub.entities.models import Entity
from eventhub.entities.queries import rank_levels
from eventhub.events.models import Category, Event
from eventhub.i18n import LANGUAGES, _, current, lazy_gettext, lazy_pgettext, pgettext
from eventhub.i18n.times import day, moment
from eventhub.passes.queries import find_pass
from eventhub.people.queries import accounts_by_id
from eventhub.protocol.queries import Named
from eventhub.registration import queries
from eventhub.registration.forms.choices import GENDERS
from eventhub.registration.forms.consents import ConsentForm
from eventhub.registration.models import Decision, Registration
from eventhub.registration.queries.words import field_word

SOURCES = {
    "self": lazy_gettext("The person"),
    "focal_point": lazy_gettext("The focal point"),
    "organiser": lazy_gettext("The organiser"),
    "invited": lazy_gettext("The person, invited by a link"),
    "desk": lazy_gettext("The desk"),
    "loader": lazy_gettext("A list that was loaded"),
}
OUTCOMES = {
    "done": "",
    "held": lazy_gettext("not in effect yet"),
    "cancelled": lazy_gettext("undone"),
}
CHANGE_STATES = {
    "open": lazy_gettext("Waits for a decision"),
    "accepted": lazy_gettext("Accepted"),
    "refused": lazy_pgettext("change request", "Refused"),
    "withdrawn": lazy_gettext("Taken back"),
}


def lines_of(event: Event, row: Registration, entity: Named | None) -> list[tuple[str, str]]:
    """Return label and value of what is known, empty values left out."""
    ranks = {one.id: one.name() for one in rank_levels()} if row.rank_level_id else {}
    scripts = LANGUAGES.get(row.language)
    values = {
        "honorific": row.honorific,
        "given_names": row.given_names,
        "family_name": row.family_name,
        "display_caps": row.display_caps,
        "name_local": row.name_local,
        "passport_latin": row.passport_latin,
        "entity_id": entity.name if entity else "",
        "functional_title": row.functional_title,
        "title_en": row.title_en,
        "salutation": row.salutation,
        "in_office_since": day(row.in_office_since) if row.in_office_since else "",
        "organisation": row.organisation,
        "rank_level_id": ranks.get(row.rank_level_id or 0, ""),
        "email": row.email,
        "phone": row.phone,
        "gender": str(GENDERS[row.gender]) if row.gender != "undisclosed" else "",
        "language": scripts.own_name if scripts else row.language,
    }
    lines = [(field_word(name), value) for name, value in values.items() if value]
    if row.functional_title or row.title_en:
        lines.insert(0, (_("In lists"), queries.titled_name(row, current())))
    lines.append((_("Entered by"), str(SOURCES[row.source])))
    if row.submitted_at:
        lines.append((pgettext("registration", "Sent"), moment(row.submitted_at, event.zone)))
    held = find_pass(event.id, row.pass_id) if row.pass_id else None
    if held and held.reissued_at:
        made = moment(held.reissued_at, event.zone)
        lines.append(
            (_("Badge"), _("no. %(issue)s, made on %(time)s", issue=held.issue, time=made))
        )
    return lines


def history_of(event: Event, decisions: Sequence[Decision]) -> list[dict[str, str]]:
    """Return decisions in words, the newest first."""
    ids = {one.actor_id for one in decisions if one.actor_kind == "account" and one.actor_id}
    accounts = accounts_by_id(sorted(ids)) if ids else {}
    kinds = {"registrant": _("The person"), "system": _("By rule"), "visitor": _("The person")}
    return [
        {
            "at": moment(one.at, event.zone),
            "to": queries.state_word(one.to_state),
            "kind": queries.kind_of(one.to_state) if one.outcome == "done" else "quiet",
            "who": accounts[one.actor_id].label
            if one.actor_kind == "account" and one.actor_id in accounts
            else kinds.get(one.actor_kind, _("Staff")),
            "why": queries.reason_word(one.reason),
            "text": one.text,
            "fields": " · ".join(field_word(name) for name in one.fields),
            "outcome": str(OUTCOMES[one.outcome]),
        }
        for one in reversed(decisions)
    ]


def changes_of(
    event: Event, row: Registration, categories: Mapping[int, Category]
) -> list[dict[str, Any]]:
    """Return the changes asked for: each field with its old and its new value."""
    return [
        {
            "ref": one.ref,
            "is_open": one.state == "open",
            "state": str(CHANGE_STATES[one.state]),
            "at": moment(one.created_at, event.zone),
            "text": one.text,
            "lines": [
                (
                    field_word(name),
                    _said(name, one.old.get(name), categories),
                    _said(name, value, categories),
                )
                for name, value in one.new.items()
            ],
        }
        for one in queries.changes_of(event.id, row.id)
    ]


def _said(name: str, value: Any, categories: Mapping[int, Category]) -> str:
    """Return the value of a field as people read it."""
    if value in (None, ""):
        return _("nothing")
    if name == "category_id":
        return categories[value].name() if value in categories else ""
    if name == "entity_id":
        entity = db.session.get(Entity, value)
        return entity.name() if entity else ""
    if name == "rank_level_id":
        return next((one.name() for one in rank_levels() if one.id == value), "")
    return _("a new photo") if name == "photo_id" else str(value)


def consents_of(event: Event, row: Registration) -> list[tuple[str, bool, str]]:
    """Return each consent's question, the answer, and when it was given."""
    form = ConsentForm()
    return [
        (form[purpose].label.text, consent.is_given, moment(consent.at, event.zone))
        for purpose, consent in queries.consents_of(event.id, row.id).items()
        if purpose in form
    ]
