"""The demo loaded again, renewed, or gone on with after it was interrupted."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from eventhub.app import create_app
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.demo import content, loader
from eventhub.demo.queries import FEATURE, find_rehearsal
from eventhub.events.models import Event, EventSetting
from eventhub.events.queries import get_event
from eventhub.events.services import rehearse_event
from eventhub.models import METADATA
from tests.demo.conftest import Demo, count_rows, registrations


def test_loading_again_changes_nothing(demo: Demo) -> None:
    before = count_rows()
    accounts = loader.load(lambda _line: None)
    assert count_rows() == before
    assert accounts == demo.accounts


def test_demo_that_an_older_version_loaded_stays_as_it_is(demo: Demo, tmp_path: Path) -> None:
    """An older version knew fewer steps; what came later is not put into a past that is whole."""
    older = copied(demo, tmp_path)
    with older.app.app_context():
        with transaction():
            row = db.session.get_one(EventSetting, (get_event("xiamen-2024").id, FEATURE))
            row.values = {"done_steps": [s for s in row.values["done_steps"] if s != "answers"]}
        before = count_rows()
        loader.load(lambda _line: None)
        assert count_rows() == before
        db.session.remove()
        db.engine.dispose()


def copied(demo: Demo, tmp_path: Path) -> Demo:
    """Return the demo in a folder of its own, to be changed."""
    folder = tmp_path / "copy"
    shutil.copytree(demo.settings.data_dir, folder)
    settings = type(demo.settings)(
        mode="demo", data_dir=folder, base_url="http://localhost", secret_keys="x" * 40
    )
    return Demo(create_app(settings), settings, demo.accounts)


def test_rehearsals_are_made_anew_when_their_time_is_over(demo: Demo, tmp_path: Path) -> None:
    other = copied(demo, tmp_path)
    with other.app.app_context():
        before = {slug: find_rehearsal(slug) for slug in ("new-york-2025", "shanghai-2025")}
        ids = {slug: event.id for slug, event in before.items() if event}
        with transaction():
            visitors = rehearse_event(
                get_event("shanghai-2025"), starts_on=date(2026, 3, 2), actor=SYSTEM
            )
            kept = visitors.id
        with clock.at(clock.now() + timedelta(days=1, hours=1)):
            loader.load(lambda _line: None)
        after = {slug: find_rehearsal(slug) for slug in ids}
        assert after["new-york-2025"].id == ids["new-york-2025"]  # type: ignore[union-attr]
        renewed = after["shanghai-2025"]
        assert renewed is not None
        assert renewed.id != ids["shanghai-2025"]
        assert renewed.slug == "shanghai-2025-rehearsal"
        assert len(registrations(renewed)) == 40
        assert db.session.get(Event, ids["shanghai-2025"]) is None
        assert db.session.get(Event, kept) is not None
        db.session.remove()
        db.engine.dispose()


def test_interrupted_loading_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo: Demo
) -> None:
    settings = type(demo.settings)(
        mode="demo", data_dir=tmp_path, base_url="http://localhost", secret_keys="x" * 40
    )
    app = create_app(settings)
    monkeypatch.setattr(content, "events", lambda: (content.load_event("new-york-2025"),))
    monkeypatch.setattr(loader, "PLANS", ())
    with app.app_context():
        METADATA.create_all(db.engine)
        with monkeypatch.context() as broken:
            broken.setattr(loader, "check_in_people", lambda *_args: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                loader.load(lambda _line: None)
        event = get_event("new-york-2025")
        assert len(registrations(event)) == 196
        before = count_rows()
        loader.load(lambda _line: None)
        after = count_rows()
        assert after["scan"] == 196 + 74
        assert after["registration"] == before["registration"]
        assert after["outbox_mail"] == before["outbox_mail"]
        db.session.remove()
        db.engine.dispose()
