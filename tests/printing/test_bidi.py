"""Both directions on one line, compared with FriBidi, which Pango and so the page path uses."""

import ctypes
import ctypes.util

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eventhub.printing.bidi import has_controls, is_right_to_left, levels, visual_runs

LETTERS = "aZ אב عم ١٢ 34 .,:;+-/%$€()[]{}«»!'\u0301\u064b\u3008\u3009\t&"
_LTR, _RTL = 0x110, 0x111


@pytest.fixture(scope="module")
def fribidi() -> ctypes.CDLL:
    name = ctypes.util.find_library("fribidi")
    if name is None:
        pytest.skip("FriBidi is not installed")
    return ctypes.CDLL(name)


def reference(fribidi: ctypes.CDLL, text: str, *, rtl: bool) -> list[int]:
    """Return the levels FriBidi finds."""
    count = len(text)
    letters = (ctypes.c_uint32 * count)(*map(ord, text))
    kinds = (ctypes.c_uint32 * count)()
    brackets = (ctypes.c_uint32 * count)()
    found = (ctypes.c_int8 * count)()
    base = ctypes.c_uint32(_RTL if rtl else _LTR)
    fribidi.fribidi_get_bidi_types(letters, count, kinds)
    fribidi.fribidi_get_bracket_types(letters, count, kinds, brackets)
    assert fribidi.fribidi_get_par_embedding_levels_ex(
        kinds, brackets, count, ctypes.byref(base), found
    )
    assert fribidi.fribidi_reorder_line(0, kinds, count, 0, base, found, None, None)  # L1
    return list(found)


@given(st.text(LETTERS, min_size=1, max_size=24), st.booleans())
@example("محمد (2024) ITU", True)
@example("ITU محمد (2024) ITU", False)
@example("א(ב)a", False)
@example("a (ב) 12-34 ١,٢", False)
def test_levels_are_those_of_the_algorithm(fribidi: ctypes.CDLL, text: str, rtl: bool) -> None:
    assert levels(text, rtl=rtl) == reference(fribidi, text, rtl=rtl)


def test_runs_stand_from_left_to_right() -> None:
    text = "ITU محمد 24 ok"
    found = [text[a:b] for a, b, _ in visual_runs(text, rtl=False)]
    assert found == ["ITU ", "24", "محمد ", " ok"]
    found = [text[a:b] for a, b, _ in visual_runs(text, rtl=True)]
    assert found == ["ok", " ", "24", " محمد ", "ITU"]


def test_first_strong_letter_decides() -> None:
    assert is_right_to_left("(12) محمد ITU")
    assert not is_right_to_left("12 ITU محمد")
    assert not is_right_to_left("12")


@pytest.mark.parametrize("control", "\u200e\u200f\u061c\u202a\u202e\u2066\u2069")
def test_explicit_controls_are_seen(control: str) -> None:
    assert has_controls(f"a{control}b")
    assert not has_controls("a\u200cb\u200d")
