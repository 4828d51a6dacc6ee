"""The workspace of a delegation: one page on which its focal point sees and does everything."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions, words
from eventhub.delegations.information import notes_of_event
from eventhub.delegations.models import InformationNote
from eventhub.delegations.queries import focal_points_of, letters_of
from eventhub.delegations.rules import RECEIVED, REVIEW, VERIFIED
from eventhub.events.models import Category
from eventhub.i18n import LANGUAGES, _, current, ngettext
from eventhub.registration import queries, services
from eventhub.registration.forms.staff import DecideForm, FocalPointForm
from eventhub.registration.models import Registration
from eventhub.registration.permissions import ENTER
from eventhub.registration.queries.due import deadline_in_words, deadlines_of
from eventhub.registration.queries.finding import reaches
from eventhub.registration.queries.words import channel_word, field_word, missing_word
from eventhub.registration.queries.workspace import Member
from eventhub.registration.rules import State
from eventhub.registration.rules.missing import Missing
from eventhub.registration.seams import DELEGATION_WAYS
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.deciding import carry
from eventhub.registration.views.delegation_seats import seats_used
from eventhub.registration.views.desk import Desk, desk_of
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once
from eventhub.web.zones import zone_for

MOVES = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody of the delegation, in words."""

    row: Registration
    name: str
    category: Category
    state: str
    kind: str
    reference: str
    missing: str
    channel: str
    waits: str
    """What is asked to be changed and waits for an officer; "" for nothing."""
    url: str
    is_mine: bool
    """Whether the present actor may change the person, not only see them."""
    is_first: bool
    is_last: bool


@bp.get("/manage/<slug>/delegations/<ref>")
@requires(permissions.VIEW, switch="delegations")
def show_delegation(slug: str, ref: str) -> ResponseReturnValue:
    """Show the delegation: seats, people in order, what is missing, what waits, until when."""
    return workspace_page(desk_of(ref), FocalPointForm())


@bp.post("/manage/<slug>/delegations/<ref>/decide")
@requires(permissions.VOUCH, switch="delegations")
def decide_in_delegation(slug: str, ref: str) -> ResponseReturnValue:
    """Do with those ticked what the button says; only the arrows name one person themselves."""
    desk = desk_of(ref, permissions.VOUCH)
    act, _colon, one = request.form.get("act", "").partition(":")
    back = url_for("registration.show_delegation", slug=slug, ref=ref)
    if act in MOVES:
        return _move(desk, one, MOVES[act], back)
    ticked = request.form.getlist("who")
    if act in ("send", "ask", "download", "replace", "letter") and not ticked:
        say(_("Choose somebody first."), "attention")
        return redirect(back)
    if act == "send":
        return _send(desk, ticked, back)
    if act == "letter":
        return _name_in_letter(desk, ticked, back)
    if act == "ask":
        return redirect(url_for("registration.ask_people", slug=slug, ref=ref, who=ticked))
    if act == "download":
        return redirect(url_for("registration.download_people", slug=slug, ref=ref, who=ticked))
    if act == "replace":
        if len(ticked) > 1:
            say(_("Choose one person to replace."), "attention")
            return redirect(back)
        return redirect(url_for("places.replace", slug=slug, ref=ticked[0]))
    return carry(slug, current_actor().scope(permissions.VOUCH), back)


def _name_in_letter(desk: Desk, refs: Sequence[str], back: str) -> ResponseReturnValue:
    """Tick those chosen on the newest letter; a verified one is the secretariat's to change."""
    states = (RECEIVED, VERIFIED) if desk.actor.may(permissions.EDIT) else (RECEIVED,)
    letters = letters_of(desk.event.id, desk.sent.delegation.id)
    newest = next((one for one in letters if one.state in states), None)
    if newest is None or "letters" not in desk.event.switches:
        say(_("No letter waits for names. Send one that names these people."), "attention")
        return redirect(back)
    wanted = [one.row.id for one in desk.members() if one.row.ref in set(refs)]

    def act() -> str:
        services.name_too(newest, wanted, actor=desk.actor)
        return ngettext(
            "%(n)s person is named in version %(version)s of the letter.",
            "%(n)s people are named in version %(version)s of the letter.",
            len(wanted),
            version=newest.version,
        )

    purpose = f"registration.name_in_letter:{newest.id}:{','.join(sorted(refs))}"
    say(once(DecideForm().key.data, purpose, act))
    return redirect(back)


def workspace_page(desk: Desk, form: FocalPointForm) -> ResponseReturnValue:
    """Return the page, with the form for focal points as it stands."""
    event, sent = desk.event, desk.sent
    members = desk.members()
    here = [one for one in members if not one.has_ended]
    points = focal_points_of(event.id, [sent.delegation.id], waiting=True)[sent.delegation.id]
    page = render_template(
        "registration/show_delegation.html",
        event=event,
        sent=sent,
        desk=desk,
        lines=lines_of(desk, here),
        gone=lines_of(desk, [one for one in members if one.has_ended]),
        seats=seats_used(desk),
        figures=_figures(here),
        others=desk.others(),
        todo=_todo(desk, here),
        missing=missing_in_all(here),
        focal_points=[one for one in points if one.point.state != REVIEW],
        points=points,
        words=words,
        plain=BaseForm(),
        deadlines=deadlines_in_words(desk),
        closed=services.why_closed(desk.setup, desk.actor),
        may_replace=any(one.row.state == State.ACCREDITED for one in here)
        and clock.now() < services.replaced_until(desk.setup),
        in_preparation=desk.in_preparation,
        note=_information_note(desk),
        more_ways=[one for make in DELEGATION_WAYS if (one := make(event, sent.delegation))],
        form=form,
        languages=LANGUAGES,
        decide_form=DecideForm(),
        may_vouch=desk.actor.may(permissions.VOUCH),
        may_edit=desk.actor.may(permissions.EDIT),
        may_enter=desk.actor.may(ENTER),
        may_name_head=desk.actor.may(ENTER) and desk.head_category() is not None,
    )
    return page, form.status


def _information_note(desk: Desk) -> InformationNote | None:
    """Return the newest information note whose files are made."""
    if "letters" not in desk.event.switches:
        return None
    return next((one for one in notes_of_event(desk.event.id) if one.files), None)


def deadlines_in_words(desk: Desk) -> list[dict[str, str]]:
    """Return until when what is awaited, at the event and where the reader is, and what is left."""
    zone = zone_for(desk.sent.entity.iso2)
    return [
        dict(zip(("what", "when", "left"), deadline_in_words(desk.setup, one, zone), strict=True))
        for one in deadlines_of(desk.setup.event, desk.setup.settings)
    ]


def lines_of(desk: Desk, members: Sequence[Member]) -> list[Line]:
    """Return the people in words, in the order given."""
    ids = [one.row.category_id for one in members]
    lines, actor = [], desk.actor
    mine = actor.scope(permissions.VOUCH) if actor.may(permissions.VOUCH) else None
    for at, one in enumerate(members):
        row = one.row
        lines.append(
            Line(
                row=row,
                name=queries.printed_name(row, current()),
                category=desk.setup.categories[row.category_id],
                state=queries.state_word(row.state),
                kind=queries.kind_of(row.state),
                reference=queries.reference(row, desk.sent.entity.code),
                missing=missing_in_words(one),
                channel=channel_word(row.source),
                waits=_("A change waits for the secretariat") if one.asked_for else "",
                url=desk.url("registration.edit_member", person=row.ref),
                is_mine=mine is not None and reaches(mine, row.category_id, row.delegation_id),
                is_first=at == 0 or ids[at - 1] != row.category_id,
                is_last=at == len(ids) - 1 or ids[at + 1] != row.category_id,
            )
        )
    return lines


def missing_in_words(member: Member) -> str:
    """Return what is missing as words between commas; a correction names its fields."""
    words = [
        missing_word(one) if one != Missing.CORRECTION else _(
            "to correct: %(fields)s",
            fields=", ".join(field_word(name) for name in member.row.returned_fields),
        )
        for one in member.missing
    ]  # fmt: skip
    return " · ".join(words)


def missing_in_all(members: Sequence[Member]) -> list[str]:
    """Return in sentences what is missing in the whole delegation."""
    count = Counter(one for member in members for one in member.missing)
    photos = count[Missing.PHOTO] + count[Missing.NEW_PHOTO]
    letters, consents = count[Missing.LETTER], count[Missing.CONSENT]
    posts, addresses = count[Missing.POST], count[Missing.EMAIL]
    corrections = count[Missing.CORRECTION]
    said = [
        (photos, ngettext("%(n)s photo", "%(n)s photos", photos)),
        (
            letters,
            ngettext(
                "%(n)s person is not named in a letter",
                "%(n)s people are not named in a letter",
                letters,
            ),
        ),
        (consents, ngettext("consents of %(n)s person", "consents of %(n)s people", consents)),
        (posts, ngettext("%(n)s title", "%(n)s titles", posts)),
        (addresses, ngettext("%(n)s e-mail address", "%(n)s e-mail addresses", addresses)),
        (corrections, ngettext("%(n)s correction", "%(n)s corrections", corrections)),
    ]
    return [sentence for n, sentence in said if n]


def _figures(members: Sequence[Member]) -> dict[str, int]:
    states = Counter(one.row.state for one in members)
    return {
        "people": len(members),
        "accredited": states[State.ACCREDITED],
        "to_vouch": states[State.SUBMITTED],
        "returned": states[State.RETURNED],
    }


def _todo(desk: Desk, members: Sequence[Member]) -> list[str]:
    """Return what waits for the focal point, each as a sentence."""
    figures = _figures(members)
    said = []
    if figures["to_vouch"] and desk.in_preparation:
        said.append(
            ngettext(
                "%(n)s name is kept and goes as soon as the letter is confirmed.",
                "%(n)s names are kept and go as soon as the letter is confirmed.",
                figures["to_vouch"],
            )
        )
    elif figures["to_vouch"]:
        said.append(
            ngettext(
                "%(n)s person registered and waits for you to vouch.",
                "%(n)s people registered and wait for you to vouch.",
                figures["to_vouch"],
            )
        )
    if figures["returned"]:
        said.append(
            ngettext(
                "%(n)s registration came back for correction.",
                "%(n)s registrations came back for correction.",
                figures["returned"],
            )
        )
    return said


def _move(desk: Desk, person: str, by: int, back: str) -> ResponseReturnValue:
    member = desk.member(person)

    def act() -> str:
        services.move_in_delegation(desk.event.id, member.row.id, by, actor=desk.actor)
        return person

    once(DecideForm().key.data, f"registration.move:{member.row.id}:{by}", act)
    return redirect(f"{back}#p-{person}")


def _send(desk: Desk, refs: Sequence[str], back: str) -> ResponseReturnValue:
    """Send registrations again that came back and are corrected."""
    members = {one.row.ref: one for one in desk.members()}
    if not members.keys() >= set(refs):
        raise NotFound
    returned = [members[ref].row.id for ref in refs if members[ref].row.state == State.RETURNED]
    if not returned:
        say(_("None of those chosen came back for correction."), "attention")
        return redirect(back)

    def act() -> str:
        services.submit(desk.event.id, returned, actor=desk.actor)
        return "sent"

    try:
        purpose = f"registration.send:{desk.sent.delegation.id}:{','.join(sorted(refs))}"
        once(DecideForm().key.data, purpose, act)
    except DomainError as error:
        say(error.message, "stop")
        return redirect(back)
    n = len(returned)
    say(ngettext("%(n)s registration is sent again.", "%(n)s registrations are sent again.", n))
    return redirect(back)
