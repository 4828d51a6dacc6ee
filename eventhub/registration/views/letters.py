"""Official letters and whom they name: sent with ticks, ticks changed, verified or refused.

The pages stand here and not beside the letters, because they show registrations.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions, words
from eventhub.delegations import services as delegations
from eventhub.delegations.forms import LetterForm, RefuseForm
from eventhub.delegations.models import OfficialLetter
from eventhub.delegations.queries import (
    get_delegation_by_id,
    get_letter,
    letters_of,
    own_claim,
)
from eventhub.delegations.rules import RECEIVED, VERIFIED
from eventhub.events.models import Category
from eventhub.i18n import _, current, pgettext
from eventhub.registration import queries, services
from eventhub.registration.models import Registration
from eventhub.registration.queries.covered import letters_naming, needs_letter
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import Desk, desk_of
from eventhub.registration.views.queue import event_here
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import is_sent, show_error
from eventhub.web.once import once

STANDING = (RECEIVED, VERIFIED)
ALL, TICKED, NOBODY = "all", "ticked", "nobody"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of the delegation beside the letters that name the person."""

    row: Registration
    name: str
    category: Category
    state: str
    kind: str
    letters: Sequence[OfficialLetter]
    """The newest first; one that is refused or superseded counts no more."""
    needs_letter: bool
    ticked: bool

    @property
    def is_covered(self) -> bool:
        """Tell whether a letter that counts names the person."""
        return any(letter.state == VERIFIED for letter in self.letters)


@bp.route("/manage/<slug>/delegations/<ref>/letters", methods=["GET", "POST"])
@requires(permissions.VOUCH, switch="letters")
def send_letter(slug: str, ref: str) -> ResponseReturnValue:
    """Show the letters of a delegation and whom each names; take another one with its ticks."""
    desk = desk_of(ref, permissions.VOUCH)
    delegation = desk.sent.delegation
    letters = letters_of(desk.event.id, delegation.id)
    standing = [one for one in letters if one.state in STANDING]
    form = LetterForm(data={"supersedes": standing[0].ref if standing else ""})
    form.supersedes.choices = {
        "": pgettext("letter", "None"),
        **{one.ref: _version(one) for one in standing},
    }
    members = [one.row for one in desk.members() if not one.has_ended]
    form.offer_names(len(members), default=TICKED if standing else ALL)
    naming = letters_naming(desk.event.id, [row.id for row in members], letters)
    ticked = {row.ref for row in members if standing and standing[0] in naming[row.id]}
    if is_sent():
        ticked = set(request.form.getlist("who"))
    if form.is_good():
        old = next((one for one in standing if one.ref == form.supersedes.data), None)
        who = _meant(form.names.data if members else NOBODY, members, ticked)

        def act() -> str:
            return services.send_letter(
                delegation,
                form.file.data.read(),
                who,
                name=form.file.data.filename or "letter",
                supersedes=old,
                point=own_claim(desk.event.id, delegation.id, desk.actor.id),
                actor=desk.actor,
                **form.details(),
            ).ref

        try:
            once(form.key.data, f"registration.send_letter:{delegation.id}", act)
            say(_("The letter has arrived. The secretariat looks at it; names can be entered "
                  "meanwhile."))  # fmt: skip
            return redirect(desk.url("registration.show_delegation"))
        except DomainError as error:
            show_error(form, error)
    people = _named(desk, members, naming, {row.id for row in members if row.ref in ticked})
    page = render_template(
        "registration/send_letter.html",
        event=desk.event,
        sent=desk.sent,
        letters=[(one, sum(one in some for some in naming.values())) for one in letters],
        people=people,
        form=form,
        words=words,
    )
    return page, form.status


@bp.get("/manage/<slug>/letters/<ref>")
@requires(permissions.VOUCH, switch="letters")
def show_letter(slug: str, ref: str) -> ResponseReturnValue:
    """Show a letter beside the names of its delegation."""
    return _page(slug, ref, RefuseForm()), 200


@bp.post("/manage/<slug>/letters/<ref>")
@requires(permissions.VOUCH, switch="letters")
def decide_on_letter(slug: str, ref: str) -> ResponseReturnValue:
    """Change whom the letter names; the secretariat verifies it too, or refuses with a reason.

    A focal point changes the ticks until the letter is decided on, and decides nothing.
    """
    letter, form = _letter(ref), RefuseForm()
    act, actor = request.form.get("act", ""), current_actor()
    may_decide = actor.may(permissions.EDIT)
    if not may_decide and (act != "cover" or letter.state != RECEIVED):
        raise NotFound
    if act == "refuse" and not form.validate():
        return _page(slug, ref, form), 422
    rows = _members(_desk(letter))
    unseen = queries.named_in(letter.event_id, letter.id) - {row.id for row in rows}
    ticked = {row.id for row in rows if row.ref in set(request.form.getlist("who"))} | unseen

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
    return get_letter(event_here().id, ref, current_actor().scope(permissions.VOUCH))


def _desk(letter: OfficialLetter) -> Desk:
    delegation = get_delegation_by_id(letter.event_id, letter.delegation_id)
    return desk_of(delegation.ref, permissions.VOUCH)


def _members(desk: Desk) -> list[Registration]:
    return [one.row for one in desk.members() if not one.has_ended]


def _meant(choice: str, rows: Sequence[Registration], ticked: Collection[str]) -> list[int]:
    if choice == NOBODY:
        return []
    return [row.id for row in rows if choice == ALL or row.ref in ticked]


def _named(
    desk: Desk,
    rows: Sequence[Registration],
    naming: Mapping[int, Sequence[OfficialLetter]],
    ticked: Collection[int],
) -> list[Named]:
    return [
        Named(
            row=row,
            name=queries.printed_name(row, current()) or _("No name yet"),
            category=desk.setup.categories[row.category_id],
            state=queries.state_word(row.state),
            kind=queries.kind_of(row.state),
            letters=naming[row.id],
            needs_letter=needs_letter(desk.setup, row),
            ticked=row.id in ticked,
        )
        for row in rows
    ]


def _version(row: OfficialLetter) -> str:
    return _(
        "Version %(version)s: %(kind)s %(number)s",
        version=row.version,
        kind=words.LETTER_KINDS[row.kind],
        number=row.reference_no,
    )


def _page(slug: str, ref: str, form: RefuseForm) -> str:
    letter = _letter(ref)
    desk = _desk(letter)
    letters = letters_of(desk.event.id, letter.delegation_id)
    rows, may_decide = _members(desk), desk.actor.may(permissions.EDIT)
    naming = letters_naming(desk.event.id, [row.id for row in rows], letters)
    named = {row.id for row in rows if letter in naming[row.id]}
    first_time = may_decide and letter.state == RECEIVED and not named
    ticked = set(request.form.getlist("who")) if is_sent() else None
    chosen = {
        row.id
        for row in rows
        if (row.ref in ticked if ticked is not None else first_time or row.id in named)
    }
    return render_template(
        "registration/show_letter.html",
        event=desk.event,
        letter=letter,
        delegation=desk.sent.delegation,
        name=desk.sent.name,
        people=_named(desk, rows, naming, chosen),
        others=[one for one in letters if one.id != letter.id],
        form=form,
        may_decide=may_decide,
        may_tick=letter.state == RECEIVED or (may_decide and letter.state == VERIFIED),
        words=words,
    )
