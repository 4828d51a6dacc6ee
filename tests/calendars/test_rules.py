"""What a calendar is told by mail, as pure rules."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventhub.calendars.rules import Told, news, stored, told_before

BASE = Told(
    sequence=0, status="CONFIRMED", starts_at="2026-04-02T01:00:00+00:00",
    ends_at="2026-04-02T02:00:00+00:00", zone="Asia/Shanghai", summary="Plenary",
    location="Jimei Hall", changed_at="2026-03-01T00:00:00+00:00",
)  # fmt: skip
AT = "2026-03-02T00:00:00+00:00"


def test_what_did_not_change_is_no_news() -> None:
    again = replace(BASE, sequence=3, changed_at=AT)
    assert news({"a": BASE}, {"a": again}, at=AT) == {}


def test_moved_renamed_and_new_ones_are_told_with_their_own_sequence() -> None:
    moved = replace(BASE, sequence=1, location="Haicang Hall")
    renamed = replace(BASE, summary="Opening")
    found = news({"a": BASE, "b": BASE}, {"a": moved, "b": renamed, "c": BASE}, at=AT)
    assert found == {"a": moved, "b": renamed, "c": BASE}


def test_cancelled_is_told_once_and_never_where_it_was_never_told() -> None:
    off = replace(BASE, sequence=1, status="CANCELLED")
    assert news({"a": BASE}, {"a": off}, at=AT) == {"a": off}
    assert news({"a": off}, {"a": off}, at=AT) == {}
    assert news({}, {"a": off}, at=AT) == {}


def test_what_is_no_more_the_persons_is_cancelled_and_may_come_back_higher() -> None:
    found = news({"a": BASE}, {}, at=AT)
    assert found == {"a": replace(BASE, status="CANCELLED", sequence=1, changed_at=AT)}
    assert news(found, {}, at=AT) == {}
    assert news(found, {"a": BASE}, at=AT)["a"].sequence == 2


def test_what_is_over_is_no_news() -> None:
    late = "2026-04-02T02:00:00+00:00"
    assert news({}, {"a": BASE}, at=late) == {}
    assert news({"a": BASE}, {}, at=late) == {}


steps = st.lists(
    st.dictionaries(
        st.sampled_from("abc"),
        st.builds(
            lambda number, status, place: replace(
                BASE, sequence=number, status=status, location=place
            ),
            st.integers(0, 3),
            st.sampled_from(["CONFIRMED", "TENTATIVE", "CANCELLED"]),
            st.sampled_from(["Jimei Hall", "Haicang Hall"]),
        ),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_sequence_never_falls_and_telling_twice_tells_nothing(
    programmes: list[dict[str, Told]],
) -> None:
    told: dict[str, Told] = {}
    for now in programmes:
        found = news(told, now, at=AT)
        for uid, one in found.items():
            if uid in told:
                turned = "CANCELLED" in {one.status, told[uid].status}
                assert one.sequence >= told[uid].sequence + (
                    turned and one.status != told[uid].status
                )
        told |= found
        assert told_before(stored(told)) == told
        assert news(told, now, at=AT) == {}
