"""Acceptance scenario 13: begun a minute before the deadline, finished minutes after it (R1.14)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from eventhub.core import clock
from tests.e2e.clock import ClockedSite, running_clocked_site
from tests.e2e.conftest import NewPage
from tests.e2e.ground import PASSWORD, employ, publish
from tests.e2e.hands import choose, heading, picture, press, says, sign_in
from tests.e2e.wire import Wire

pytestmark = pytest.mark.browser

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLOSED = "Registration has closed. Write to the organiser if you still need it."
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


class Night:
    """The night of a deadline in Shanghai, 23:59, at a site whose clock is set."""

    def __init__(self, moved: ClockedSite, day: int) -> None:
        self.moved = moved
        today = datetime.now(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
        self.midnight = today - timedelta(days=10 - day)

    @property
    def deadline(self) -> datetime:
        """Return what the event's clocks show at the deadline."""
        return (self.midnight - timedelta(minutes=1)).replace(tzinfo=None)

    def at(self, minutes: int) -> None:
        """Let it be so many minutes after midnight."""
        self.moved.set((self.midnight + timedelta(minutes=minutes)).astimezone(UTC))

    def publish(self, preset: str, title: str) -> str:
        """Publish an event the day before its deadline, and return its slug."""
        with clock.at(self.midnight - timedelta(days=1)):
            slug = publish(
                self.moved.site, preset, title, zone="Asia/Shanghai", closes=self.deadline
            )
            role = "secretariat" if preset == "forum" else "event_owner"
            employ(self.moved.site, slug, f"officer@{slug}.example.org", role)
        return slug


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory, fonts_dir: Path) -> Iterator[ClockedSite]:
    """Return a running site whose clock is set."""
    with running_clocked_site(tmp_path_factory.mktemp("clock"), fonts_dir) as moved:
        yield moved


@BOTH
def test_scenario_13_steps_begun_2358_are_taken_at_0010_and_marked_and_late_at_0016(
    moved: ClockedSite, new_page: NewPage, scripts: bool
) -> None:
    night = Night(moved, day=1 + scripts)
    slug = night.publish("forum", "Forum on Midnight")
    slow, slower, newcomer = (
        new_page(base_url=moved.site.base, java_script_enabled=scripts) for _ in range(3)
    )
    night.at(-2)
    for page in (slow, slower):
        page.goto(f"/en/{slug}/register")
        page.get_by_label("Delegate", exact=True).check()
        choose(page, "State or organization", "Kenya")
        press(page, "Save and continue")
        assert heading(page) == "Your names"
        page.get_by_label("Family name").fill("Wanjiru")

    night.at(10)
    newcomer.goto(f"/en/{slug}/register")
    assert heading(newcomer) == "Registration is closed"
    press(slow, "Save and continue")
    slow.get_by_label("E-mail").fill("wanjiru@mission.example.org")
    slow.get_by_label("Title of your post").fill("Director")
    press(slow, "Save and continue")
    press(slow, "Save and continue")
    press(slow, "Send my registration")
    says(slow, "This is not yet a confirmation.")

    night.at(16)
    press(slower, "Save and continue")
    says(slower, CLOSED)
    expect(slower.get_by_label("Family name")).to_have_value("Wanjiru")
    picture(slower, "deadline-too-late")
    officer_sees_the_mark(new_page(base_url=moved.site.base), slug, "WANJIRU")


@BOTH
def test_scenario_13_one_page_over_a_slow_link_is_taken_at_0010_and_late_at_0016(
    moved: ClockedSite, new_page: NewPage, scripts: bool
) -> None:
    night = Night(moved, day=3 + scripts)
    slug = night.publish("side_event", "Side Event on Midnight")
    slow, slower = (
        new_page(base_url=moved.site.base, java_script_enabled=scripts) for _ in range(2)
    )
    Wire(slow, slow=True)
    night.at(-2)
    for page in (slow, slower):
        page.goto(f"/en/{slug}/register")
        page.get_by_label("Family name").fill("Otieno")
        page.get_by_label("State or organization").fill("Kenya")
        page.get_by_label("I have one that is valid on that day").check()

    night.at(9)
    slow.get_by_label("E-mail").fill("otieno@mission")
    press(slow, "Register")
    says(slow, "Write one full e-mail address")
    expect(slow.get_by_label("Family name")).to_have_value("Otieno")
    night.at(10)
    slow.get_by_label("E-mail").fill("otieno@mission.example.org")
    press(slow, "Register")
    says(slow, "Expected")

    night.at(16)
    slower.get_by_label("E-mail").fill("late@mission.example.org")
    press(slower, "Register")
    says(slower, CLOSED)
    expect(slower.get_by_label("E-mail")).to_have_value("late@mission.example.org")
    expect(slower.get_by_label("Family name")).to_have_value("Otieno")
    picture(slower, "deadline-too-late-one-page")
    officer_sees_the_mark(new_page(base_url=moved.site.base), slug, "OTIENO")


def officer_sees_the_mark(page: Page, slug: str, name: str) -> None:
    """Let the officer look at the one who is registered: there is one, and marked."""
    sign_in(page, f"officer@{slug}.example.org", PASSWORD)
    page.goto(f"/manage/{slug}/people?view=all")
    expect(page.locator(".waiting li")).to_have_count(1)
    expect(page.locator(".decide")).to_contain_text(name)
    expect(page.locator(".decide .summary")).to_contain_text("after the deadline")
    picture(page, "deadline-mark")
    page.get_by_role("link", name="Everything about this person").click()
    says(page, "Sent after the deadline")
