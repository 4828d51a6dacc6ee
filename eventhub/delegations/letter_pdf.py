"""Letters as PDF, in any script, one after the other in one file."""

import re
from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup, escape

from eventhub.core import clock
from eventhub.delegations.letters import LetterOut
from eventhub.printing.html_pdf import render_pdf
from eventhub.web.site import rendered

CHUNK = 10
"""Letters laid out together."""


def letters_pdf(
    letters: Sequence[LetterOut], *, progress: Callable[[int, int], object] = lambda *_n: None
) -> bytes:
    """Return one PDF with these letters, each beginning on a page of its own."""
    assets: dict[str, bytes] = {}
    title = letters[0].title if len(letters) == 1 else letters[0].subject

    def documents() -> Iterator[str]:
        for start in range(0, len(letters), CHUNK):
            some = letters[start : start + CHUNK]
            logos = [_keep_logo(assets, one) for one in some]
            yield rendered(
                "print/letters/letter.html", letters=some, logos=logos, title=title, linked=linked
            )
            progress(min(start + CHUNK, len(letters)), len(letters))

    return render_pdf(
        documents(),
        lang=letters[0].language,
        title=title,
        created_at=clock.now(),
        base_files=assets,
    )


_ADDRESS = re.compile(r"https?://[^\s\u2069；，。،]+(?<![.,;:)])")


def linked(paragraph: str) -> Markup:
    """Return the paragraph with its addresses as links, which no line breaks."""
    text, end = Markup(), 0
    for match in _ADDRESS.finditer(paragraph):
        link = Markup('<a href="{0}" dir="ltr">{0}</a>').format(match.group(0))
        text += escape(paragraph[end : match.start()]) + link
        end = match.end()
    return text + escape(paragraph[end:])


def _keep_logo(assets: dict[str, bytes], letter: LetterOut) -> str:
    if letter.head.logo is None:
        return ""
    name = "logo.png" if letter.head.logo_type == "image/png" else "logo.jpg"
    assets[name] = letter.head.logo
    return name
