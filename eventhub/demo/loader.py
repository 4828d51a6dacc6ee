"""Loading the demo: what is missing is made, what is there is left as it is."""

from collections.abc import Sequence

from flask import current_app

from eventhub.config import Settings
from eventhub.core.db import transaction
from eventhub.demo import content
from eventhub.demo.content.shapes import DemoEvent
from eventhub.demo.loading.answering import hear_answers
from eventhub.demo.loading.arriving import let_arrive
from eventhub.demo.loading.attending import (
    certify,
    check_in_people,
    confirm_persons,
    is_later_of_series,
    print_badges,
    set_up_gates,
)
from eventhub.demo.loading.crew import (
    Crew,
    DemoAccount,
    appoint,
    employ,
    keep_passwords,
    open_accounts,
)
from eventhub.demo.loading.ground import Ground, lay
from eventhub.demo.loading.handing_out import draw_seat, hand_cards, ticket_lists
from eventhub.demo.loading.inviting import Guests, invite_everybody, name_focal_points
from eventhub.demo.loading.leading import give_seats, let_act
from eventhub.demo.loading.programme import is_revised, revise_programme, write_programme
from eventhub.demo.loading.registering import register_people
from eventhub.demo.loading.rehearsing import PLANS, Plan, rehearse
from eventhub.demo.loading.setting_up import set_up
from eventhub.demo.loading.speaking import inscribe_speakers
from eventhub.demo.loading.steps import Progress, Step, go_through, mark
from eventhub.demo.queries import find_loaded
from eventhub.events.rules import PRESETS
from eventhub.i18n import use
from eventhub.mail.services import as_history
from eventhub.web.urls import absolute


def load(progress: Progress) -> Sequence[DemoAccount]:
    """Load four events and two rehearsals, where they are not there yet; return the accounts.

    Tells how far it is, one line at a time. Interrupted, it goes on where it was.
    """
    settings: Settings = current_app.extensions["eventhub.settings"]
    accounts = keep_passwords(settings.folder("."))
    with use("en"):
        with transaction(), as_history():
            crew = open_accounts(accounts)
            ground = lay()
            employ(crew, (host.id for host in ground.institutions.values()))
        for event in content.events():
            _load_event(event, ground, crew, progress)
        for plan in PLANS:
            _load_rehearsal(plan, crew, progress)
    return accounts


def _load_event(one: DemoEvent, ground: Ground, crew: Crew, progress: Progress) -> None:
    progress(one.title.pick("en"))
    with as_history():
        with transaction():
            event = find_loaded(one.slug)
            if event is None:
                event = set_up(one, ground, crew)
                mark(event, "set_up")
            appoint(crew, event)
        go_through(event.id, _steps(one, crew), progress)


def _steps(one: DemoEvent, crew: Crew) -> dict[str, Step]:
    """Return what happens in the event's life after it was set up, in this order."""
    roles = {row.entity: row.role for row in one.delegations}
    guests = Guests(roles, one.moment("registration_opens"))
    steps: dict[str, Step] = {
        "programme": lambda event: write_programme(one, event, crew),
        "invitations": lambda event: invite_everybody(event, guests, crew),
        "focal points": lambda event: name_focal_points(event, guests, crew),
        "people": lambda event: register_people(
            one, event, crew, more=ticket_lists(one, event, crew)
        ),
        "answers": lambda event: hear_answers(event, guests, crew),
    }
    if is_revised(one):
        steps["revision"] = lambda event: revise_programme(one, event, crew)
    if is_later_of_series(one):
        steps["same persons"] = lambda event: confirm_persons(one, event, crew)
    if one.preset == "side_event":
        steps["first seat"] = lambda event: draw_seat(event, crew)
    else:
        steps["badges"] = lambda event: print_badges(event, crew)
    if one.preset == "forum":
        steps["arrivals"] = lambda event: let_arrive(event, crew)
    steps["gates"] = lambda event: set_up_gates(one, event, crew)
    if "floor" in PRESETS[one.preset].switches:
        steps["list of speakers"] = lambda event: inscribe_speakers(one, event, crew)
    steps["floor cards"] = lambda event: hand_cards(event, crew)
    steps["days"] = lambda event: check_in_people(one, event, crew)
    if one.preset == "forum":
        steps["acting head"] = lambda event: let_act(event, crew)
        steps["seats of sessions"] = lambda event: give_seats(event, crew)
    if one.certificate_policy:
        steps["certificates"] = lambda event: certify(one, event, crew)
    return steps


def _load_rehearsal(plan: Plan, crew: Crew, progress: Progress) -> None:
    progress(f"Rehearsal of {plan.slug}")
    event = rehearse(plan, crew, progress)
    progress(f"  {absolute('events.show', lang='en', slug=event.slug)}")
