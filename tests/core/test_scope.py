"""What two roles of one person reach together."""

from eventhub.core.actor import EVERYTHING, Scope

DESK = Scope(categories=frozenset({1}))
FOCAL = Scope(delegations=frozenset({7}))


def test_two_desks_reach_both_their_categories() -> None:
    assert DESK | Scope(categories=frozenset({2})) == Scope(categories=frozenset({1, 2}))


def test_an_unlimited_role_reaches_everything() -> None:
    assert DESK | EVERYTHING == EVERYTHING
    assert EVERYTHING | FOCAL == EVERYTHING


def test_desk_and_focal_point_together_never_reach_everything() -> None:
    assert DESK | FOCAL == DESK
    assert FOCAL | DESK == FOCAL
