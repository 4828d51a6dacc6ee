"""The team's list of speakers, and the record of one."""

from eventhub.agenda.models import Session, Speaker
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.speakers.queries import get_row
from tests.agenda.programmes import make_session, make_speaker, name_speakers
from tests.browser import Browser
from tests.factories import give, make_account
from tests.speakers.conftest import MANAGE, link


def test_list_says_where_everybody_stands_and_what_is_missing(
    editor: Browser, event: Event, invited: Speaker
) -> None:
    make_speaker(event, "Mr. Zed LAST", biographies=Translated(en="He."), email="z@example.org")
    rows = [tr.get_text(" ", strip=True) for tr in editor.get(MANAGE).soup.select("tbody tr")]
    assert len(rows) == 2
    assert "Biography (fr)" in rows[0]
    assert "E-mail address" not in rows[0]
    assert "Not invited" in rows[0]
    assert "Invited, no full answer" in rows[1]
    assert "0 of 3" in rows[1]
    assert "Confirmation" in rows[1]


def test_list_is_filtered_by_state_by_what_is_missing_and_by_name(
    editor: Browser, event: Event, invited: Speaker
) -> None:
    make_speaker(event, "Mr. Zoé LAST", email="z@example.org")

    def names(query: str) -> list[str]:
        return [a.text for a in editor.get(f"{MANAGE}?{query}").soup.select("td.first a")]

    assert names("state=not_invited") == ["Mr. Zoé LAST"]
    assert names("state=invited&missing=portrait") == ["Ms. Ama TETTEH"]
    assert names("missing=confirmation") == ["Ms. Ama TETTEH"]
    assert names("q=zoe") == ["Mr. Zoé LAST"]
    assert names("q=nobody") == []


def test_answer_by_telephone_is_written_down_with_its_history(
    editor: Browser, event: Event, invited: Speaker
) -> None:
    editor.get(f"{MANAGE}/{invited.ref}")
    name = get_row(event, invited.ref).parts[0].name
    page = editor.submit(
        editor.page.form(action="answer"), **{f"comes_{name}": "yes", f"note_{name}": "By phone"}
    )
    assert "1 answer is written down." in page.text
    assert get_row(event, invited.ref).parts[0].slot.answer == "confirmed"
    assert "1.1 chair : Confirmed" in page.text
    assert "By phone" in page.text


def test_who_may_only_look_sees_no_link_no_needs_and_no_address(
    event: Event, invited: Speaker, browser: Browser
) -> None:
    account = make_account()
    give(account, "protocol", event)
    page = browser.sign_in(account).get(f"{MANAGE}/{invited.ref}")
    assert page.status == 200
    assert link(event, invited).rpartition("/")[2] not in str(page.soup)
    assert "ama@example.org" not in str(page.soup)
    assert "Show what the speaker needs" not in page.text
    assert not page.soup.select("form[action*=speakers]")


def test_statements_do_not_grow_with_the_speakers(
    editor: Browser, event: Event, sessions: list[Session], invited: Speaker,
    statements: list[str],
) -> None:  # fmt: skip
    counts = []
    for number in (1, 40):
        for turn in range(number):
            session = make_session(event)
            name_speakers(session, (make_speaker(event, f"Mr. Number {turn}"), "speaker"))
        for url in (MANAGE, f"{MANAGE}/{invited.ref}"):
            statements.clear()
            editor.get(url)
            counts.append(len(statements))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15
