"""Walking over an event's public pages from link to link, each written as soon as it is read."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import Context
from datetime import date
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from eventhub.exchange.copies import pages
from eventhub.exchange.copies.names import file_name, way
from eventhub.exchange.copies.zipped import Packer
from eventhub.i18n import _, times, use
from eventhub.web.access import PUBLIC, rule_of

LEFT_OUT = frozenset(
    {
        "agenda.choose_zone", "agenda.not_kept", "agenda.offline_worker", "agenda.search",
        "agenda.show_choice",
        "agenda.show_now", "agenda.show_now_piece", "calendars.help_to_subscribe",
        "events.choose_zone", "exchange.apps",
    }
)  # fmt: skip
"""Public pages that only a running installation can answer for."""
DOCUMENTS = frozenset({"agenda.public_document"})
"""Addresses that do not say what kind of file they answer."""
LEFT_OUT_FEATURES = frozenset({"registration", "delegations", "people", "speaking", "certificates"})
SECRETS = frozenset({"token", "code", "key"})
REPORT_EACH = 20
"""Files between two reports of how far it is."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Report = Callable[[int, int], None]


class Walk:
    """One walk: what is known to be part of the copy, and what is still to be read."""

    def __init__(
        self, app: Flask, slug: str, languages: Iterable[str], *, base_url: str, day: date
    ) -> None:
        self._app, self._slug, self._base_url, self._day = app, slug, base_url, day
        self._languages = tuple(languages)
        self._urls = app.url_map.bind(urlsplit(base_url).netloc)
        self._waiting: deque[str] = deque()
        self._names: dict[str, str] = {}

    def pack(self, starts: Iterable[str], packer: Packer, report: Report) -> int:
        """Write everything that can be reached from these paths; return how many files."""
        for path in starts:
            self._name_of(path)
        done = 0
        while self._waiting:
            path = self._waiting.popleft()
            self._copy(path, packer)
            done += 1
            if done % REPORT_EACH == 0:
                report(done, done + len(self._waiting))
        return done

    def name_at(self, path: str) -> str | None:
        """Return the name of the file of a path, which is then part of the copy."""
        return self._name_of(path)

    def line_for(self, path: str) -> str:
        """Return the line that says where a page comes from and when it was copied."""
        address, day = self._base_url + path, times.plain_day(self._day)
        return _("Copy of %(address)s, made on %(day)s.", address=address, day=day)

    def _copy(self, path: str, packer: Packer) -> None:
        """Ask for one path as a stranger does and write what is answered."""
        name = self._names[path]
        with self._asked("GET", path) as (answer, pieces):
            if answer.status_code in _REDIRECTS:
                target = self._lead(name, path, answer.headers.get("Location", ""))
                packer.add(name, [pages.moved(target or self._home(name))])
            elif answer.status_code != 200:
                packer.add(name, [pages.moved(self._home(name))])
            else:
                self._write(name, path, answer, pieces, packer)

    @contextmanager
    def _asked(self, method: str, path: str) -> Iterator[tuple[TestResponse, Iterator[bytes]]]:
        """Ask in a context of its own, so that nothing of the present request or job is seen."""
        context = Context()
        client = self._app.test_client(use_cookies=False)
        answer = context.run(client.open, path, method=method, base_url=self._base_url)
        body = answer.iter_encoded()
        try:
            yield answer, _within(context, body)
        finally:
            context.run(answer.close)

    def _write(
        self,
        name: str,
        path: str,
        answer: TestResponse,
        pieces: Iterator[bytes],
        packer: Packer,
    ) -> None:
        def lead(address: str) -> str | None:
            return self._lead(name, path, address)

        kind = answer.mimetype
        if kind == "text/html":
            with use(self._language_of(path)):
                line = self.line_for(path)
            data = pages.page(b"".join(pieces), lead, base_url=self._base_url, line=line)
            packer.add(name, [data])
        elif kind == "text/css":
            packer.add(name, [pages.style(b"".join(pieces), lead)])
        elif kind == "text/calendar":
            packer.add(name, [pages.calendar(b"".join(pieces), base_url=self._base_url)])
        elif kind in ("application/json", "application/xml"):
            packer.add(name, [pages.plain(b"".join(pieces), lead, base_url=self._base_url)])
        elif name.endswith(".html"):
            other = f"{name.removesuffix('.html')}.{_ending(answer)}"
            packer.add(name, [pages.moved(way(name, other))])
            packer.add(other, pieces)
        else:
            packer.add(name, pieces)

    def _lead(self, name: str, path: str, address: str) -> str | None:
        """Return where an address on a page leads: to a file, to others, or nowhere."""
        whole, fragment = urldefrag(urljoin(self._base_url + path, address))
        parts, ours = urlsplit(whole), urlsplit(self._base_url)
        if parts.netloc != ours.netloc:
            return None if ours.netloc in unquote(parts.query) else address
        if parts.scheme != ours.scheme:
            return None
        is_versioned = parts.path.startswith("/static/")
        if parts.query and not is_versioned:
            return None
        found = self._name_of(parts.path)
        if found is None:
            return None
        return way(name, found) + (f"#{fragment}" if fragment else "")

    def _name_of(self, path: str) -> str | None:
        """Return the file of a path, and remember to read it; None where the copy leaves it out."""
        if path in self._names:
            return self._names[path]
        if not self._is_kept(path):
            return None
        name = file_name(path, self._slug)
        if self._urls.match(path, method="GET")[0] in DOCUMENTS:
            with self._asked("HEAD", path) as (answer, _pieces):
                name = f"{name.removesuffix('.html')}.{_ending(answer)}"
        self._names[path] = name
        self._waiting.append(path)
        return name

    def _is_kept(self, path: str) -> bool:
        try:
            endpoint, values = self._urls.match(path, method="GET")
        except HTTPException:
            return False
        if endpoint in LEFT_OUT or endpoint.partition(".")[0] in LEFT_OUT_FEATURES:
            return False
        if rule_of(endpoint) != PUBLIC or SECRETS & values.keys():
            return False
        return path.startswith(("/static/", "/static-event/")) or self._is_own(values)

    def _is_own(self, values: Any) -> bool:
        return values.get("slug") == self._slug and values.get("lang") in self._languages

    def _language_of(self, path: str) -> str:
        language = path.strip("/").partition("/")[0]
        return language if language in self._languages else self._languages[0]

    def _home(self, name: str) -> str:
        return way(name, "index.html")


def _within(context: Context, body: Iterator[bytes]) -> Iterator[bytes]:
    while (piece := context.run(next, body, None)) is not None:
        yield piece


def _ending(answer: TestResponse) -> str:
    said = (
        str(answer.headers.get("Content-Disposition", "")).rpartition(".")[2].strip('"; ').lower()
    )
    if said.isalnum() and len(said) <= 4:
        return said
    return (answer.mimetype or "").rpartition("/")[2].rpartition(".")[2].rpartition("+")[2] or "bin"
