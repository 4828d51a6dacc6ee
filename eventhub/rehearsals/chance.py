"""Choices that look like chance and are the same on every machine."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def number(*keys: object) -> int:
    """Return a number below 2**64 that depends on the keys alone, evenly spread."""
    text = "/".join(str(key) for key in keys)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def below(limit: int, *keys: object) -> int:
    """Return a number from 0 to limit - 1."""
    return number(*keys) % limit


def share(*keys: object) -> float:
    """Return a number from 0 up to, not including, 1."""
    return number(*keys) / 2**64


def pick(options: Sequence[T], *keys: object) -> T:
    """Return one of the options."""
    return options[below(len(options), *keys)]


def shuffled(items: Iterable[T], *keys: object) -> list[T]:
    """Return the items in an order of chance; equal items keep theirs."""
    return sorted(items, key=lambda item: number(*keys, item))
