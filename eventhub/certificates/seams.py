"""What higher packages contribute to certificates."""

from collections.abc import Callable, Iterator
from typing import Any

Proof = Callable[[Any, str], tuple[str, str] | None]
"""Given the Certificate and its code, a link to another form of it: label in the present language
and address; None where there is none."""

PROOFS: list[Proof] = []
"""Filled by `eventhub/parts.py`."""


def proofs_of(certificate: Any, code: str) -> Iterator[tuple[str, str]]:
    """Yield the links to other forms of a certificate, which its public page shows."""
    for proof in PROOFS:
        link = proof(certificate, code)
        if link is not None:
            yield link
