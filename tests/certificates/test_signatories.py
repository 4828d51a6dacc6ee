"""R5.8: who signs, in several languages, with a scanned signature only where it is permitted."""

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from eventhub.certificates import queries, services
from eventhub.certificates.parts import copy_signatories
from eventhub.certificates.rules import may_use
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.i18n import Translated
from tests.attendance.people import participant
from tests.browser import Browser
from tests.certificates.issued import OFFICER, issue
from tests.factories import give, make_account, make_event

NAMES = Translated(en="Lin Hao", zh="林浩")
TITLES = Translated(en="Director", zh="司长")


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (300, 120), (20, 30, 90, 255)).save(out, "PNG")
    return out.getvalue()


def save(event: Event, place: int = 1, version: int = 0, **given: object) -> None:
    with transaction():
        services.save_signatory(
            event,
            place,
            NAMES,
            TITLES,
            version=version,
            actor=OFFICER,
            **given,  # type: ignore[arg-type]
        )


def test_r5_8_signature_is_used_only_with_a_permission() -> None:
    assert may_use(has_file=True, permitted_by="Lin Hao")
    assert not may_use(has_file=True, permitted_by=" ")
    assert not may_use(has_file=False, permitted_by="Lin Hao")


def test_r5_8_picture_without_permission_is_refused(event: Event) -> None:
    with pytest.raises(Invalid) as refused:
        save(event, picture=png())
    assert refused.value.field == "permitted_by"
    with pytest.raises(Invalid) as refused:
        save(event, picture=png(), permitted_by="Lin Hao")
    assert refused.value.field == "permitted_on"
    with pytest.raises(Invalid) as refused:
        save(event, picture=b"no picture", permitted_by="Lin Hao", permitted_on=date(2026, 3, 1))
    assert refused.value.field == "picture"
    assert queries.signatories_of(event.id) == []


def test_r5_8_permission_taken_back_leaves_a_blank_line_on_new_ones(event: Event) -> None:
    given = {"picture": png(), "permitted_by": "Lin Hao", "permitted_on": date(2026, 3, 1)}
    save(event, **given)
    participant(event, "M1")
    (first,) = issue(event)
    assert first.shown["signatories"][0]["picture"]
    save(event, version=1)
    participant(event, "M1")
    (second,) = issue(event)
    assert second.shown["signatories"][0]["picture"] is None
    assert second.shown["signatories"][0]["names"] == dict(NAMES)
    assert first.shown["signatories"][0]["picture"], "what is issued stays"


def test_r5_8_up_to_three_sign(event: Event) -> None:
    for place in (1, 2, 3):
        save(event, place)
    with pytest.raises(Invalid, match="three"):
        save(event, 4)
    with pytest.raises(Conflict):
        save(event, 1)
    assert [one.place for one in queries.signatories_of(event.id)] == [1, 2, 3]


def test_r5_8_copy_of_an_event_takes_names_but_no_signature(event: Event) -> None:
    save(event, picture=png(), permitted_by="Lin Hao", permitted_on=date(2026, 3, 1))
    other = make_event()
    with transaction():
        copy_signatories.copy(event.id, other.id, {}, actor=OFFICER)
    (copied,) = queries.signatories_of(other.id)
    assert (copied.names, copied.file_id, copied.permitted_by) == (NAMES, None, "")


def test_r5_8_pages_keep_what_was_typed(event: Event, browser: Browser) -> None:
    owner = make_account()
    give(owner, "event_owner", event)
    base = f"/manage/{event.slug}/certificates"
    browser.sign_in(owner).get(f"{base}/signatories/1")
    page = browser.submit(names_en="", titles_en="Rector")
    assert page.status == 422
    assert 'value="Rector"' in str(page.soup)
    assert browser.submit(names_en="Lin Hao", titles_en="Rector").status == 200
    assert "Lin Hao" in browser.page.text
    assert browser.get(f"{base}/signatories/4").status == 404
    browser.get(f"{base}/design")
    browser.submit(first="en", second="zh", layout="portrait", on_request="y")
    design = queries.design_of(event)
    assert (design.languages, design.layout, design.on_request) == (("en", "zh"), "portrait", True)


@pytest.mark.parametrize("level", ["attendance", "participation", "completion", "appreciation"])
@pytest.mark.parametrize("layout", ["landscape", "portrait"])
def test_r5_8_ready_designs_have_room_for_all(
    event: Event, fonts: Path, level: str, layout: str
) -> None:
    save(event, 1, picture=png(), permitted_by="Lin Hao", permitted_on=date(2026, 3, 1))
    save(event, 2)
    save(event, 3)
    participant(event, "M1")
    (certificate,) = issue(event)
    certificate.level = level
    certificate.shown = {
        **certificate.shown, "layout": layout, "languages": ["ar", "zh"],
        "sessions": [{"en": "A panel"}] if level == "appreciation" else [],
    }  # fmt: skip
    assert services.make_unsigned(certificate).startswith(b"%PDF-")
