"""HTML to PDF, tagged for readers aloud."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from eventhub.printing.fonts import fonts_in_use
from eventhub.printing.layout import PDF_UA, lay_out, written


def render_pdf(
    html: str | Iterable[str],
    *,
    lang: str,
    title: str,
    created_at: datetime,
    base_files: Mapping[str, bytes] | None = None,
    profile: str = PDF_UA,
) -> bytes:
    """Return one PDF of an HTML document, or of several after one another.

    An iterable is drawn on as each one is laid out, so that a generator can report progress.
    lang (BCP 47) and title are those of the whole; created_at is an aware instant. The HTML may
    use data: and, as "asset:NAME", print.css of this package and what base_files holds when that
    document is laid out; whatever else it points at is left out with a warning in the log, never
    fetched. Equal input gives equal bytes. Raises FontsMissing before use_fonts, ValueError for
    no HTML at all.
    """
    documents = [html] if isinstance(html, str) else html
    fonts_in_use()
    # Not `or {}`: an empty mapping may be filled while the documents are laid out.
    assets = {} if base_files is None else base_files
    # Between two of them a single badge of the desk may be drawn.
    laid_out = [lay_out(each, assets, lang=lang, profile=profile) for each in documents]
    if not laid_out:
        raise ValueError("there is nothing to print")
    whole = laid_out[0].copy([page for document in laid_out for page in document.pages])
    whole.metadata.title = title
    whole.metadata.lang = lang
    whole.metadata.created = created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    whole.metadata.modified = whole.metadata.created
    whole.metadata.attachments = []
    return written(whole, profile)
