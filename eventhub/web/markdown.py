"""What organisers write: a small, safe subset of Markdown."""

from functools import cache
from typing import TYPE_CHECKING

import nh3
from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
}
SCHEMES = {"http", "https", "mailto", "tel"}


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  (heavy: 62 modules, for few pages)

    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")


def markdown(text: str) -> Markup:
    """Return the text as HTML: no raw HTML, no images, no scripts, links marked as foreign.

    Headings start at h2, since the page has its own h1.
    """
    html = _parser().render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
    )
    return Markup(safe)  # noqa: S704  (cleaned on the line above)
