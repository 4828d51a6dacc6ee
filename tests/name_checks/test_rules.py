"""The forms of a name and their digest."""

from dataclasses import replace

from eventhub.name_checks.rules import Forms, Standing, standing

FORMS = Forms(("Chanda", "MWILA"), "", "", ("Zambia",), "Minister", "Ms. Chanda MWILA, Minister",
              "Chanda Mwila")  # fmt: skip


def test_any_form_that_changes_makes_the_confirmation_worthless() -> None:
    assert standing(FORMS, None) is Standing.OPEN
    assert standing(FORMS, FORMS.digest) is Standing.CONFIRMED
    others = [
        replace(FORMS, badge=("MWILA", "Chanda")), replace(FORMS, local="Чанда"),
        replace(FORMS, local_language="ru"), replace(FORMS, entity=("Zambia", "Zambie")),
        replace(FORMS, post=""), replace(FORMS, listed="x"), replace(FORMS, certificate="x"),
    ]  # fmt: skip
    assert {standing(one, FORMS.digest) for one in others} == {Standing.CHANGED}
    assert len({one.digest for one in others}) == len(others)
