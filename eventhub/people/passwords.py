"""Passwords, kept as argon2id hashes only."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB = 19 * 1024
ROUNDS = 2

_hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=1)
_at_once = threading.BoundedSemaphore(2)
"""Each hash takes 19 MiB: a web process makes two at a time, the others wait."""

NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$1qgEoKZADD0fyJo88M/aJA"
    "$HxeiI5UWDjk0nHn8Yk7AmiQQwwMOfIifbrDFWEwVfC4"
)
"""Compared with where there is no account or password, so that the answer takes as long."""


def hash_password(password: str) -> str:
    """Return the argon2id hash to keep."""
    with _at_once:
        return _hasher.hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Tell whether the password is the one kept; as slow where none is kept."""
    with _at_once:
        try:
            return _hasher.verify(kept or NOBODYS, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Tell whether the hash was made with weaker parameters than ours."""
    return _hasher.check_needs_rehash(kept)
