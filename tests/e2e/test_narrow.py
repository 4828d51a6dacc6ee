"""What people typed without a blank, on the narrowest phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

CSS = Path(__file__).parents[2] / "static" / "css" / "public.css"
WORD = "W" * 200
PIECES = {
    "summary": f'<dl class="summary"><div><dt>Name</dt><dd><bdi>{WORD}</bdi></dd></div></dl>',
    "tasks": f'<ul class="tasks"><li><div><a href="#x"><bdi>{WORD}</bdi></a></div></li></ul>',
    "choice": f'<div class="choice"><input type="radio"><label><bdi>{WORD}</bdi></label></div>',
    "notice": f'<div class="notice"><p><strong><bdi>{WORD}</bdi></strong></p></div>',
    "title": f'<div class="title"><h1><bdi>{WORD}</bdi></h1></div>',
    "links": f'<ul class="links"><li><a href="#x"><span><bdi>{WORD}</bdi></span></a></li></ul>',
}


@pytest.mark.parametrize("piece", PIECES)
def test_long_word_breaks_instead_of_widening_the_page(chromium: Browser, piece: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.set_content(f'<style>{CSS.read_text()}</style><main class="sheet">{PIECES[piece]}</main>')
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    context.close()
