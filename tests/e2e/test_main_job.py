"""The main job from an empty installation to a verified certificate, by all who have a part.

The organiser rehearses the event today, so that its days need not be waited for.
"""

from pathlib import Path

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.events.queries import get_event
from eventhub.events.services import change_setting
from tests.e2e.conftest import NewPage
from tests.e2e.getting_in import (
    Person,
    accredit,
    check_acknowledgement,
    check_confirmation,
    name_focal_point,
    register,
    see_caught_letter,
    vouch,
)
from tests.e2e.hands import picture, says, sign_in_by_code
from tests.e2e.on_the_day import (
    PHONE,
    answers,
    certify,
    open_gate,
    print_badges,
    reissue,
    revoke,
    scan,
    see_pass_of_somebody,
    verify,
    walk_in,
    work_at_door,
)
from tests.e2e.programme import read_programme, write_programme
from tests.e2e.setting_up import do_without_letters, make_event, name_team, open_house, rehearse
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

CHANDA = Person("chanda", "Chanda", "Mwila", "chanda@mission.example.org")
NAME, AS_WRITTEN = "Chanda MWILA", "Chanda Mwila"
OFFICER, GUARD = "oscar@ministry.example.org", "gita@ministry.example.org"
FOCAL_POINT = "faith@mission.example.org"
HOLD_SECONDS = 6


def test_main_job_from_an_empty_machine_to_a_verified_certificate(
    site: Site, new_page: NewPage, tmp_path: Path
) -> None:
    organiser, anybody = open_house(site, new_page(), new_page()), new_page()
    made = make_event(organiser)
    do_without_letters(organiser, made)
    slug = rehearse(organiser, made)
    assert slug != made
    name_team(
        organiser,
        slug,
        {"Secretariat": ("Oscar Officer", OFFICER), "Door staff": ("Gita Guard", GUARD)},
    )
    shorten_hold(site, slug)

    private = register(new_page(), slug, CHANDA)
    check_acknowledgement(site, CHANDA, private)
    see_caught_letter(organiser, slug, CHANDA)
    name_focal_point(organiser, slug, "Faith Focal", FOCAL_POINT)
    focal_point, officer = new_page(), new_page()
    sign_in_by_code(focal_point, site, FOCAL_POINT)
    vouch(focal_point, NAME)
    sign_in_by_code(officer, site, OFFICER)
    accredit(officer, slug, NAME)
    pass_code = check_confirmation(site, CHANDA, 2, tmp_path)

    write_programme(organiser, slug)
    read_programme(anybody, slug)

    badge_code = print_badges(organiser, slug, tmp_path)
    assert badge_code == pass_code
    open_gate(organiser, slug)
    guard = new_page(**PHONE)
    sign_in_by_code(guard, site, GUARD)
    work_at_door(guard, slug, badge_code, NAME)
    see_pass_of_somebody(anybody, badge_code, NAME)
    new_code = reissue(organiser, slug, "Mwila", tmp_path)
    guard.goto("/door")
    guard.get_by_role("link", name="Hall door").click()
    scan(guard, badge_code)
    answers(guard, "stop", "STOP")
    picture(guard, "door-stop")
    scan(guard, new_code)
    answers(guard, "go", "ENTER")
    walk_in(organiser, slug)

    address = certify(organiser, site, slug, CHANDA.email, tmp_path)
    verify(anybody, address, "Valid", AS_WRITTEN)
    revoke(organiser, officer, slug, AS_WRITTEN)
    verify(anybody, address, "Certificate withdrawn", AS_WRITTEN)

    organiser.goto(f"/manage/{slug}")
    picture(organiser, "event-home")
    for stage in ("Set up", "Publish", "Invite", "Accredit", "Programme", "Print", "On the day"):
        says(organiser, stage)
    says(organiser, "2 participants from 2 countries")

    anybody.goto("/")
    assert anybody.locator(f"a[href$='/{made}']").count() == 1
    assert anybody.locator(f"a[href$='/{slug}']").count() == 0


def shorten_hold(site: Site, slug: str) -> None:
    """Let decisions take effect sooner than after two minutes."""
    with site.inside(), transaction():
        change_setting(
            get_event(slug), "registration", {"hold_seconds": HOLD_SECONDS}, actor=SYSTEM
        )
