"""One person of a delegation: corrected, replaced by another."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError
from eventhub.entities.models import RankLevel
from eventhub.entities.queries import rank_levels
from eventhub.events.models import Category
from eventhub.i18n import _
from eventhub.registration import queries, services
from eventhub.registration.forms.choices import honorifics
from eventhub.registration.forms.delegation import MemberForm
from eventhub.registration.forms.staff import FIRST, MORE, PLAIN, SECOND, plain_values
from eventhub.registration.models import Registration
from eventhub.registration.permissions import VOUCH
from eventhub.registration.queries.words import channel_word
from eventhub.registration.rules import ENDED, State
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import Desk, desk_of, name_of
from eventhub.registration.views.printable import warn_of_letters
from eventhub.web.access import requires
from eventhub.web.context import say
from eventhub.web.forms import is_sent, show_error
from eventhub.web.once import once

SHOWN_FIRST = tuple(name for name in FIRST if name != "entity")


@bp.route("/manage/<slug>/delegations/<ref>/people/<person>", methods=["GET", "POST"])
@requires(VOUCH, switch="delegations")
def edit_member(slug: str, ref: str, person: str) -> ResponseReturnValue:
    """Correct a person; once accredited the change waits for the secretariat (R1.4)."""
    desk = desk_of(ref, VOUCH)
    member = desk.member(person)
    row, ranks = member.row, rank_levels()
    categories = _with_own(desk, row)
    form = MemberForm(data=_held(row, desk, ranks))
    form.offer(categories, ranks)
    is_proposed = form.proposes(ranks)
    if is_sent() and not is_proposed and row.state not in ENDED and form.is_good():
        values = _values(form, categories, ranks)

        def act() -> str:
            change = services.amend(
                desk.event.id, row.id, values, version=_version(form), actor=desk.actor
            )
            return "asked" if change is not None else "saved"

        try:
            answer = once(form.key.data, f"registration.edit_member:{row.id}", act)
            say(
                _("The change was sent to the secretariat. The old data count until it is agreed.")
                if answer == "asked"
                else _("%(name)s is saved.", name=name_of(member))
            )
            warn_of_letters(values)
            return redirect(desk.url("registration.show_delegation"))
        except DomainError as error:
            _show_error(form, error)
    return render_template(
        "registration/member_form.html",
        event=desk.event,
        sent=desk.sent,
        desk=desk,
        row=row,
        form=form,
        heading=name_of(member),
        first=SHOWN_FIRST,
        second=SECOND,
        more=[name for name in MORE if name in form],
        now={} if is_proposed else _now_there(form, row, desk, ranks),
        honorifics=honorifics(),
        is_proposed=is_proposed,
        state=queries.state_word(row.state),
        kind=queries.kind_of(row.state),
        channel=channel_word(row.source),
        is_over=row.state in ENDED,
        waits=row.state == State.ACCREDITED,
    ), form.status


def _with_own(desk: Desk, row: Registration) -> list[Category]:
    """Return the categories offered, and the one that the person is in already."""
    offered = desk.categories()
    own = desk.setup.categories[row.category_id]
    return offered if own in offered else [own, *offered]


def _held(row: Registration, desk: Desk, ranks: Sequence[RankLevel]) -> dict[str, Any]:
    codes = {one.id: one.code for one in ranks}
    return {
        **{name: getattr(row, name) for name in PLAIN if name != "rank"},
        "category": desk.setup.categories[row.category_id].ref,
        "rank": codes.get(row.rank_level_id or 0, ""),
        "version": str(row.version),
    }


def _values(
    form: MemberForm, categories: Sequence[Category], ranks: Sequence[RankLevel]
) -> dict[str, Any]:
    return {
        **plain_values(form),
        "category_id": {one.ref: one.id for one in categories}[form.category.data],
        "rank_level_id": {one.code: one.id for one in ranks}.get(form.rank.data),
    }


def _now_there(
    form: MemberForm, row: Registration, desk: Desk, ranks: Sequence[RankLevel]
) -> Mapping[str, str]:
    """Return what somebody else wrote meanwhile, by the label, where it differs from the form.

    The form then takes the present version: who sends it again has seen what it replaces.
    """
    if not is_sent() or form.version.data == str(row.version):
        return {}
    form.version.data = str(row.version)
    held = _held(row, desk, ranks)
    words = {
        "category": desk.setup.categories[row.category_id].name(),
        "rank": next((one.name() for one in ranks if one.id == row.rank_level_id), ""),
    }
    return {
        str(field.label.text): words.get(field.name, str(held[field.name]))
        for field in form
        if field.name in held
        and field.name != "version"
        and (field.data or "") != (held[field.name] or "")
    }


def _version(form: MemberForm) -> int | None:
    text = form.version.data or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _show_error(form: Any, error: DomainError) -> None:
    if error.field == "category_id":
        error.field = "category"
    show_error(form, error)
