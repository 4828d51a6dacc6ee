"""Lists in pages, numbered, addressable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from sqlalchemy import Select, func, select

from eventhub.core.db import db

Row = TypeVar("Row")
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class PageOf(Generic[Row]):
    """One page of a list: its rows, its number from 1, how many pages and rows there are."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int

    def url(self, number: int) -> str:
        """Return the address of another page of the present list, filters kept."""
        kept = {**request.args.to_dict(flat=False), "page": [str(number)]}
        return url_for(request.endpoint or "", **{**(request.view_args or {}), **kept})


def page_asked() -> int:
    """Return the page number in the address, 1 where there is none or nonsense."""
    raw = request.args.get("page", "1")
    return int(raw) if raw.isascii() and raw.isdigit() and 0 < int(raw) < 100_000 else 1


def paged(query: Select[Any], number: int, per_page: int = PER_PAGE) -> PageOf[Row]:
    """Return one page of an ordered query of models: two statements, whatever its length."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = db.session.scalar(counted) or 0
    pages = max(1, -(-total // per_page))
    number = min(number, pages)
    found = db.session.scalars(query.limit(per_page).offset((number - 1) * per_page))
    rows: Sequence[Row] = list(found)
    return PageOf(rows, number, pages, total)
