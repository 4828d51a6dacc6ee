"""Repeated saves stand as one line in the history of a delegation."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from flask import Flask

from eventhub.audit.queries import Entry
from eventhub.registration.rules.folding import folded
from eventhub.registration.views.delegation_history import happenings

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Done(NamedTuple):
    """What was done to whom, so many minutes before noon."""

    whom: str
    act: str
    minutes: int


def runs(*rows: Done) -> list[list[int]]:
    found = folded(
        rows,
        subject=lambda one: one.whom,
        act=lambda one: one.act,
        at=lambda one: NOON - timedelta(minutes=one.minutes),
    )
    return [[one.minutes for one in run] for run in found]


def test_saves_of_one_person_stand_together_although_others_came_between() -> None:
    rows = (Done("a", "x", 0), Done("b", "x", 1), Done("a", "x", 2), Done("b", "x", 3))
    assert runs(*rows) == [[0, 2], [1, 3]]


def test_another_act_and_a_pause_end_a_run() -> None:
    assert runs(Done("a", "x", 0), Done("a", "y", 1), Done("a", "x", 2)) == [[0], [1], [2]]
    assert runs(Done("a", "x", 0), Done("a", "x", 30), Done("a", "x", 61)) == [[0, 30], [61]]


def entry(minutes: int, who: str = "A. Phiri", **changes: list[str]) -> Entry:
    return Entry(
        minutes, NOON - timedelta(minutes=minutes), who, "registration.change",
        "registration", "ref", list(changes), dict(changes),
    )  # fmt: skip


@pytest.mark.usefixtures("app")
def test_a_folded_line_says_all_fields_with_the_first_and_the_last_value(app: Flask) -> None:
    with app.test_request_context():
        (line,) = happenings(
            [
                entry(0, phone=["+260 2", "+260 3"], email=["b@x.org", "a@x.org"]),
                entry(1, family_name=["Banda", "Phiri"]),
                entry(2, phone=["+260 1", "+260 2"], email=["a@x.org", "b@x.org"]),
            ],
            {"ref": "Ruth PHIRI"},
            "UTC",
        )
        assert (line.who, line.name) == ("A. Phiri", "Ruth PHIRI")
        assert "+260 3 (before: +260 1)" in line.what
        assert "Family name" in line.what
        assert "E-mail" not in line.what, "it came back to what it was"
        assert line.what.endswith("(3 times)")
        two = happenings(
            [entry(0, phone=["1", "2"]), entry(1, "K. Li", phone=["0", "1"])], {}, "UTC"
        )
        assert [one.who for one in two] == ["A. Phiri", "K. Li"]
