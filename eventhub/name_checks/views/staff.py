"""Whose names nobody confirmed yet, and reminding them."""

from collections import Counter

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError
from eventhub.events.queries import categories_of, get_event
from eventhub.i18n import _, ngettext
from eventhub.name_checks import services
from eventhub.name_checks.queries import SWITCH, Checked, checks_of, is_over, people_to_check
from eventhub.name_checks.rules import Standing
from eventhub.name_checks.views.blueprint import bp
from eventhub.name_checks.words import freeze_sentence, standing_word
from eventhub.registration.permissions import ENTER, VIEW
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once
from eventhub.web.pages import PER_PAGE, PageOf, page_asked

UNSURE = "unsure"
"""The filter that shows whoever is not confirmed as printed."""


@bp.get("/manage/<slug>/names")
@requires(VIEW, switch=SWITCH)
def list_names(slug: str) -> ResponseReturnValue:
    """List how people will be printed, by default those whose name nobody confirmed."""
    event, actor = get_event(slug), current_actor()
    checks = checks_of(event, people_to_check(event, actor.scope(VIEW)))
    chosen, category = request.args.get("standing", UNSURE), request.args.get("category", "")
    categories = {one.id: one for one in categories_of(event.id)}
    found = [
        one
        for one in checks
        if _is_meant(one, chosen) and category in ("", categories[one.row.category_id].code)
    ]
    used = {one.row.category_id for one in checks}
    return render_template(
        "name_checks/list.html",
        event=event,
        page=_page(found),
        counts=Counter(one.standing for one in checks),
        total=len(checks),
        chosen=chosen,
        category=category,
        categories=categories,
        standings=[
            (UNSURE, _("To be confirmed")),
            *((one, standing_word(one)) for one in Standing),
            ("all", _("Everybody")),
        ],
        offered=[
            ("", _("All categories")),
            *((one.code, one.name()) for one in categories.values() if one.id in used),
        ],
        may_remind=actor.may(ENTER) and not is_over(event),
        until=freeze_sentence(event),
        form=BaseForm(),
    )


@bp.post("/manage/<slug>/names/remind")
@requires(ENTER, switch=SWITCH)
def remind(slug: str) -> ResponseReturnValue:
    """Write to everybody within reach whose name nobody confirmed."""
    event, actor = get_event(slug), current_actor()

    def act() -> str:
        people = people_to_check(event, actor.scope(ENTER))
        return str(services.remind(event, people, actor=actor))

    try:
        n = int(once(BaseForm().key.data, f"name_checks.remind:{event.id}", act) or 0)
        say(ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", n))
    except DomainError as error:
        say(error.message, "attention")
    return redirect(url_for("name_checks.list_names", slug=slug))


def _is_meant(one: Checked, chosen: str) -> bool:
    if chosen == "all":
        return True
    return not one.is_confirmed if chosen == UNSURE else one.standing == chosen


def _page(found: list[Checked]) -> PageOf[Checked]:
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(page_asked(), pages)
    return PageOf(found[(number - 1) * PER_PAGE : number * PER_PAGE], number, pages, len(found))
