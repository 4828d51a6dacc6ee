"""Acceptance scenario 1: Zambia's focal point brings a delegation of seven into a full pool."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from eventhub.access.services import give_role
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.codes import code_of
from eventhub.delegations.models import Invitation
from eventhub.events.queries import get_event
from eventhub.people.services import create_account
from eventhub.registration import services
from eventhub.registration.models import Registration
from eventhub.rehearsals.scanned import scanned_letter
from tests.e2e.conftest import NewPage
from tests.e2e.ground import PASSWORD, publish
from tests.e2e.hands import follow, heading, picture, press, says, sign_in
from tests.e2e.site import Site, text_of

pytestmark = pytest.mark.browser

HEADS = "Category,Given names,Family name,Title of the post,E-mail address\n"
NAMES = ("Mary Banda", "Ruth Zulu", "Joseph Phiri", "Grace Tembo", "Peter Lungu", "Ann Mumba",
         "Chola Bwalya")  # fmt: skip


OFFICE = "Sara Office"
NOTE = scanned_letter(["The Embassy of Zambia presents its compliments ..."])


@dataclass(frozen=True)
class Ground:
    """Where the scenario takes place."""

    slug: str
    event_id: int
    email: str


def table(wrong: bool) -> bytes:
    """Return a list of seven people; the fourth, in row 5, with an address that is none."""
    lines = []
    for at, name in enumerate(NAMES, start=1):
        given, family = name.split()
        email = f"{family.lower()}@" if wrong and at == 4 else f"{family.lower()}@zm.example.org"
        lines.append(f"DEL,{given},{family},Director {at},{email}\n")
    return (HEADS + "".join(lines)).encode()


def prepare(site: Site, email: str) -> Ground:
    """Publish a forum with seven seats for each delegation, and give the secretariat an account."""
    slug = publish(site, "forum", "Forum on Delegations")
    with site.inside(), transaction():
        event = get_event(slug)
        services.add_pool(event, "delegates", seats=7, categories=["DEL"], actor=SYSTEM)
        office = create_account(f"office-{email}", OFFICE, password=PASSWORD, actor=SYSTEM)
        give_role(office.id, "secretariat", event_id=event.id, actor=SYSTEM)
        return Ground(slug, event.id, email)


def invite(office: Page, ground: Ground) -> None:
    """Let the secretariat open the delegation, prepare, clear and send its invitation."""
    sign_in(office, f"office-{ground.email}", PASSWORD)
    address = f"/manage/{ground.slug}/invitations"
    office.goto(address)
    office.locator("textarea[name=names]").fill("Zambia")
    press(office, "Add these delegations")
    says(office, "1 delegation was added.")
    _tick_all(office)
    office.get_by_text("Prepare invitations for those chosen").click()
    press(office, "Prepare the invitations")
    says(office, "1 invitation was prepared.")
    _tick_all(office)
    press(office, "Clear the text")
    says(office, "1 invitation was cleared.")
    _tick_all(office)
    office.get_by_text("Write down replies, or how letters were sent").click()
    office.locator("[name=how]").select_option("bag")
    press(office, "Mark as sent")
    says(office, "1 invitation is marked as sent.")
    picture(office, "invitations-sent")


def _tick_all(page: Page) -> None:
    for box in page.locator("input[name=who]").all():
        box.check()


def code_on_letter(site: Site, ground: Ground) -> str:
    """Return the code that stands on the letter in the bag."""
    with site.inside():
        query = select(Invitation).where(Invitation.event_id == ground.event_id)
        return code_of(db.session.scalars(query).one())


def claim(page: Page, site: Site, ground: Ground) -> str:
    """Claim the delegation by its code, send the note, and return the workspace's address."""
    page.goto(f"/en/{ground.slug}/delegation")
    page.locator("[name=code]").fill(code_on_letter(site, ground))
    page.locator("[name=name]").fill("Agnes Phiri")
    page.locator("[name=email]").fill(ground.email)
    page.locator("[name=phone]").fill("+260 211 123456")
    page.locator("main form button").first.click()
    digits = re.search(r"\b\d{6}\b", text_of(site.letter_to(ground.email)))
    assert digits, "the letter holds no code"
    page.locator("[name=code]").fill(digits[0])
    page.locator("main form button").first.click()
    says(page, "Send a letter")
    page.locator("input[type=file]").set_input_files(
        {"name": "note.pdf", "mimeType": "application/pdf", "buffer": NOTE}
    )
    page.locator("[name=kind]").select_option("note_verbale")
    press(page, "Send the letter")
    return f"/manage/{ground.slug}/delegations"


def letter_confirmed(office: Page, ground: Ground) -> None:
    """Let the secretariat say yes to the note, which ends the preparation."""
    office.goto(f"/manage/{ground.slug}/letters")
    office.locator("main tbody a").first.click()
    says(office, "Official letter")
    _tick_all(office)
    press(office, "Verify for the names ticked")
    says(office, "Verified")
    picture(office, "letter-verified")


def accredit_first(site: Site, ground: Ground) -> None:
    """Accredit the first of those whom the note names."""
    with site.inside(), transaction():
        query = select(Registration.id).where(Registration.event_id == ground.event_id)
        ids = list(db.session.scalars(query.order_by(Registration.id)))
        services.accredit(ground.event_id, ids[:1], actor=SYSTEM, at_once=True)


def upload(page: Page, data: bytes, which: str) -> None:
    """Send a list of people and import what it brings."""
    follow(page, "Upload a spreadsheet")
    page.locator("input[type=file]").set_input_files(
        {"name": "zambia.csv", "mimeType": "text/csv", "buffer": data}
    )
    press(page, "Send and look")
    if which == "good":
        fault = page.locator("tr", has_text="Grace Tembo")
        expect(fault.locator("td").first).to_have_text("5")
        expect(fault).to_contain_text("E5 E-mail address: tembo@")
        expect(fault).to_contain_text("Write one full e-mail address")
        picture(page, "delegation-dry-run")
        page.locator("input[name=which][value=good]").check()
    page.locator("input[name=informed]").check()
    press(page, "Import")
    says(page, "What was imported")
    expect(page.locator("main tbody tr")).to_have_count(6 if which == "good" else 1)
    follow(page, "Back to the people")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_scenario_1_a_delegation_fills_its_seats(
    site: Site, new_page: NewPage, scripts: bool
) -> None:
    ground = prepare(site, f"agnes-{scripts}@zm.example.org".lower())
    office = new_page(java_script_enabled=scripts)
    invite(office, ground)
    page = new_page(java_script_enabled=scripts)
    page.goto(claim(page, site, ground))
    follow(page, "Zambia")
    says(page, "In preparation")
    workspace = page.url
    upload(page, table(wrong=True), "good")
    page.goto(workspace)
    says(page, "6 of 7")
    upload(page, table(wrong=False), "all")
    page.goto(workspace)
    says(page, "7 of 7")
    picture(page, "delegation-prepared")
    letter_confirmed(office, ground)
    page.reload()
    expect(page.locator("main tbody")).to_contain_text("Nominated")
    accredit_first(site, ground)
    page.reload()
    expect(page.locator("main tbody")).to_contain_text("Accredited")
    refuse_an_eighth(page)
    page.goto(workspace)
    replace_the_first(page)
    says(page, "7 of 7")
    follow(page, "History")
    page.wait_for_url("**/history")
    see_all_decisions(page)
    picture(page, "delegation-history")


def refuse_an_eighth(page: Page) -> None:
    """Try to add one more than there are seats: told at the line, nothing typed is lost."""
    follow(page, "Add people")
    page.locator("[name=lines-0-given_names]").fill("Eighth")
    page.locator("[name=lines-0-family_name]").fill("Person")
    page.get_by_label("I have told these people").check()
    press(page, "Enter these people")
    says(page, "The delegation is full")
    assert page.locator("[name=lines-0-family_name]").input_value() == "Person"
    picture(page, "delegation-full")


def replace_the_first(page: Page) -> None:
    """Let another take the seat of whom is accredited."""
    page.get_by_label("Choose Mary BANDA").check()
    press(page, "Replace")
    assert heading(page) == "Replace Mary BANDA"
    page.locator("[name=given_names]").fill("Eighth")
    page.locator("[name=family_name]").fill("Person")
    press(page, "Replace and keep the seat")
    says(page, "The seat has passed on")
    says(page, "Eighth PERSON")


def see_all_decisions(page: Page) -> None:
    """Hold the history to every step: who claimed, entered, confirmed, replaced whom."""
    said: dict[str, list[tuple[str, str]]] = {}
    for line in reversed(page.locator("main tbody tr").all()):
        _when, who, of_whom, what = (cell.strip() for cell in line.locator("td").all_inner_texts())
        said.setdefault(of_whom, []).append((who, what))
    agnes, secretariat = "Agnes Phiri", OFFICE
    sent, nominated = "is now: Sent, not yet vouched for", "is now: Nominated"
    entered = [(agnes, "entered"), (agnes, sent)]
    vouched = [*entered, (secretariat, "named in a letter"), (SYSTEM.label, nominated)]
    assert (agnes, "claimed the delegation by its code") in said[agnes]
    assert (secretariat, "confirmed as focal point") in said[agnes]
    assert (agnes, "sent a letter") in said[""]
    assert (secretariat, "confirmed the letter") in said[""]
    for name in NAMES[1:]:
        given, family = name.split()
        assert said[f"{given} {family.upper()}"] == vouched
    assert said["Mary BANDA"][: len(vouched)] == vouched
    assert "is now: Accredited" in [what for _who, what in said["Mary BANDA"]]
    assert said["Mary BANDA"][-1] == (agnes, "is now: Replaced")
    assert said["Eighth PERSON"] == [*entered, (SYSTEM.label, nominated)]
