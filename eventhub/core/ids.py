"""Names that people see and machines keep: refs, random tokens, digests."""

import hashlib
import secrets
import uuid

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Upper-case letters and digits that are not mistaken for each other and spell no words."""

REF_LENGTH = 10


def new_ref(length: int = REF_LENGTH) -> str:
    """Return a random name for a row that people see (28**10 possible, about 48 bits)."""
    number, letters = secrets.randbelow(len(ALPHABET) ** length), []
    for _place in range(length):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(letters)


def new_uuid() -> str:
    """Return a random UUID in its usual lower-case form."""
    return str(uuid.uuid4())


def digest(text: str) -> str:
    """Return the SHA-256 of the text in hexadecimal, as secrets are kept in the database."""
    return hashlib.sha256(text.encode()).hexdigest()
