"""Letter-driven accreditation, and names entered in preparation (R1.33)."""

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, NotFound
from eventhub.delegations import services as delegations
from eventhub.delegations.models import Delegation, OfficialLetter
from eventhub.delegations.queries import letters_of
from eventhub.registration import queries, services
from eventhub.registration.models import Registration
from eventhub.registration.rules.importing import Line
from eventhub.registration.services import Entry
from eventhub.rehearsals.scanned import scanned_letter
from tests.factories import make_category
from tests.registration.factories import focal_point_of, set_registration
from tests.registration.world import World

PDF = scanned_letter(["Note verbale"])


@pytest.fixture
def zambia(world: World) -> Delegation:
    """Return the delegation of Zambia at a forum with Letters on, delegates needing one."""
    with transaction():
        world.event.switches = [*world.event.switches, "letters"]
        world.delegate.needs_letter = True
        return delegations.get_or_open(world.event.id, world.zambia.id, actor=SYSTEM)


def sent(world: World, delegation: Delegation, family: str = "MWILA") -> Registration:
    entry = Entry(
        world.delegate.id,
        {"family_name": family, "entity_id": world.zambia.id, "email": "d@example.org"},
    )
    actor = focal_point_of(delegation.id)
    with transaction():
        row = services.enter(world.event.id, [entry], actor=actor, source="focal_point")[0]
        return services.submit(world.event.id, [row.id], actor=actor)[0]


def letter_of(delegation: Delegation, supersedes: OfficialLetter | None = None) -> OfficialLetter:
    with transaction():
        return delegations.receive_letter(
            delegation, PDF, name="note.pdf", supersedes=supersedes, actor=SYSTEM
        )


def accredit(world: World, row: Registration) -> None:
    with transaction():
        services.accredit(world.event.id, [row.id], actor=SYSTEM, at_once=True)


def test_nobody_who_needs_a_letter_is_accredited_without_one(
    world: World, zambia: Delegation
) -> None:
    row, letter = sent(world, zambia), letter_of(zambia)
    with transaction():
        services.cover(letter, [row.id], actor=SYSTEM)
    with pytest.raises(Conflict) as refused:
        accredit(world, row)
    assert "MWILA" in refused.value.message
    with transaction():
        services.verify_letter(letter, [row.id], actor=SYSTEM)
    accredit(world, row)
    assert row.state == "accredited"


def test_a_letter_covers_only_the_names_ticked_on_it(world: World, zambia: Delegation) -> None:
    one, two = sent(world, zambia), sent(world, zambia, "ZULU")
    with transaction():
        services.verify_letter(letter_of_now(zambia), [one.id], actor=SYSTEM)
    accredit(world, one)
    with pytest.raises(Conflict):
        accredit(world, two)


def letter_of_now(delegation: Delegation) -> OfficialLetter:
    return delegations.receive_letter(delegation, PDF, name="note.pdf", actor=SYSTEM)


def test_a_later_version_supersedes_whom_the_earlier_one_named(
    world: World, zambia: Delegation
) -> None:
    one, two = sent(world, zambia), sent(world, zambia, "ZULU")
    first = letter_of(zambia)
    with transaction():
        services.verify_letter(first, [one.id], actor=SYSTEM)
    second = letter_of(zambia, first)
    with transaction():
        services.verify_letter(second, [two.id], actor=SYSTEM)
    with pytest.raises(Conflict):
        accredit(world, one)
    accredit(world, two)


def test_with_letters_off_none_is_needed(world: World, zambia: Delegation) -> None:
    row = sent(world, zambia)
    with transaction():
        world.event.switches = [one for one in world.event.switches if one != "letters"]
    accredit(world, row)
    assert row.state == "accredited"


def test_a_letter_names_nobody_of_another_delegation(world: World, zambia: Delegation) -> None:
    row, letter = sent(world, zambia), letter_of(zambia)
    with transaction():
        row.delegation_id = delegations.get_or_open(world.event.id, world.kenya.id, actor=SYSTEM).id
    with pytest.raises(NotFound), transaction():
        services.cover(letter, [row.id], actor=SYSTEM)


def test_r1_33_names_count_when_the_letter_is_confirmed_then_all_at_once(
    world: World, zambia: Delegation
) -> None:
    with transaction():
        zambia.readiness = "preparation"
    one, two = sent(world, zambia), sent(world, zambia, "ZULU")
    assert {one.state, two.state} == {"submitted"}
    with pytest.raises(Conflict), transaction():
        services.vouch(world.event.id, [one.id], actor=focal_point_of(zambia.id))
    letter = letter_of(zambia)
    with transaction():
        services.verify_letter(letter, [one.id], actor=SYSTEM)
    db.session.expire_all()
    assert (one.state, two.state, zambia.readiness) == ("nominated", "nominated", "open")


def test_r1_34_the_first_name_is_noted_with_the_delegation(
    world: World, zambia: Delegation
) -> None:
    assert zambia.reply == "none"
    sent(world, zambia)
    db.session.refresh(zambia)
    assert zambia.reply == "names_received"


def test_r1_9_a_replacement_is_named_by_the_same_letter(world: World, zambia: Delegation) -> None:
    row, letter = sent(world, zambia), letter_of(zambia)
    with transaction():
        services.verify_letter(letter, [row.id], actor=SYSTEM)
    accredit(world, row)
    entry = Entry(world.delegate.id, {"family_name": "ZULU", "email": "z@example.org"})
    with transaction():
        new = services.replace(world.event.id, row.id, entry, actor=focal_point_of(zambia.id))
    accredit(world, new)
    assert new.state == "accredited"


def test_r1_9_a_replacement_needs_a_new_letter_where_the_event_says_so(
    world: World, zambia: Delegation
) -> None:
    set_registration(world.event, replacement_needs_letter=True)
    row, letter = sent(world, zambia), letter_of(zambia)
    with transaction():
        services.verify_letter(letter, [row.id], actor=SYSTEM)
    accredit(world, row)
    entry = Entry(world.delegate.id, {"family_name": "ZULU", "email": "z@example.org"})
    with transaction():
        new = services.replace(world.event.id, row.id, entry, actor=focal_point_of(zambia.id))
    with pytest.raises(Conflict):
        accredit(world, new)
    later = letter_of(zambia, letter)
    with transaction():
        services.verify_letter(later, [new.id], actor=SYSTEM)
    accredit(world, new)
    assert new.state == "accredited"


def test_a_letter_is_sent_with_its_ticks_and_a_later_version_takes_them_over(
    world: World, zambia: Delegation
) -> None:
    one, two, three = (sent(world, zambia, name) for name in ("MWILA", "ZULU", "BANDA"))
    with transaction():
        first = services.send_letter(zambia, PDF, [one.id, two.id], name="n.pdf", actor=SYSTEM)
    assert queries.named_in(world.event.id, first.id) == {one.id, two.id}
    with transaction():
        services.verify_letter(first, [one.id, two.id], actor=SYSTEM)
    with transaction():
        second = services.send_letter(
            zambia, PDF, None, name="n.pdf", supersedes=first, actor=SYSTEM
        )
        services.name_too(second, [three.id], actor=SYSTEM)
    assert queries.named_in(world.event.id, second.id) == {one.id, two.id, three.id}
    assert queries.covered_ids(world.event.id, [one.id, three.id]) == {one.id}
    with transaction():
        services.verify_letter(second, queries.named_in(world.event.id, second.id), actor=SYSTEM)
    assert first.state == "superseded"
    accredit(world, three)


def test_a_letter_that_names_strangers_is_not_kept(world: World, zambia: Delegation) -> None:
    row = sent(world, zambia)
    with transaction():
        kenya = delegations.get_or_open(world.event.id, world.kenya.id, actor=SYSTEM)
    with pytest.raises(NotFound), transaction():
        services.send_letter(kenya, PDF, [row.id], name="n.pdf", actor=SYSTEM)
    assert letters_of(world.event.id, kenya.id) == []


def accredited_without_letter(world: World, delegation: Delegation) -> Registration:
    """Return an accredited adviser, for whom no letter is needed."""
    adviser = make_category(world.event, "ADV")
    entry = Entry(
        adviser.id,
        {"family_name": "PHIRI", "entity_id": world.zambia.id, "email": "p@example.org"},
    )
    actor = focal_point_of(delegation.id)
    with transaction():
        row = services.enter(world.event.id, [entry], actor=actor, source="focal_point")[0]
        services.submit(world.event.id, [row.id], actor=actor)
    accredit(world, row)
    assert row.state == "accredited"
    return row


def test_nobody_accredited_is_moved_into_a_category_that_needs_a_letter(
    world: World, zambia: Delegation
) -> None:
    row = accredited_without_letter(world, zambia)
    to_delegate = {"category_id": world.delegate.id}
    with pytest.raises(Conflict) as refused, transaction():
        services.edit(world.event.id, row.id, to_delegate, version=row.version, actor=SYSTEM)
    assert "PHIRI" in refused.value.message
    assert refused.value.field == "category_id"
    with transaction():
        change = services.amend(
            world.event.id, row.id, to_delegate, version=row.version,
            actor=focal_point_of(zambia.id),
        )  # fmt: skip
    assert change is not None
    with pytest.raises(Conflict), transaction():
        services.decide_change(change.id, event_id=world.event.id, accept=True, actor=SYSTEM)
    db.session.expire_all()
    assert (row.state, row.category_id == world.delegate.id) == ("accredited", False)
    assert change.state == "open"
    with transaction():
        services.verify_letter(letter_of_now(zambia), [row.id], actor=SYSTEM)
    with transaction():
        services.decide_change(change.id, event_id=world.event.id, accept=True, actor=SYSTEM)
    assert (row.state, row.category_id) == ("accredited", world.delegate.id)


def test_an_import_moves_nobody_accredited_into_a_category_that_needs_a_letter(
    world: World, zambia: Delegation
) -> None:
    row = accredited_without_letter(world, zambia)
    line = Line(2, row.ref, {"category_id": world.delegate.id})
    setup = queries.setup_of(world.event.id)
    plan = services.plan_import(setup, [line], delegation=None, actor=SYSTEM)[0]
    assert plan.outcome == "faulty"
    assert [one.field for one in plan.faults] == ["category_id"]
    with transaction():
        services.verify_letter(letter_of_now(zambia), [row.id], actor=SYSTEM)
    plan = services.plan_import(setup, [line], delegation=None, actor=SYSTEM)[0]
    assert plan.outcome == "updated"
