"""Documents printed for one test."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eventhub.printing.html_pdf import render_pdf

MADE = datetime(2024, 4, 2, 1, 0, tzinfo=UTC)
DECLARED = '<!doctype html><html><head><link rel="stylesheet" href="asset:print.css"></head>'


@pytest.fixture
def pdf(fonts: Path) -> Callable[..., bytes]:
    """Return a function that prints the body of a document."""

    def make(body: str, lang: str = "en") -> bytes:
        html = f"{DECLARED}<body>{body}</body></html>"
        return render_pdf(html, lang=lang, title="Test", created_at=MADE)

    return make


def bare(text: str) -> str:
    """Return a text without spaces and invisible marks, composed: what a reader must find."""
    kept = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", "", "".join(kept))
