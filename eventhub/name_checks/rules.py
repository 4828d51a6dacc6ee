"""The forms of a name, and whether they were confirmed. Pure."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Forms:
    """How one person is printed: on the badge, in the list of participants, on the certificate.

    `badge` are its lines in reading order, the family name in capitals; `entity` is in one or two
    languages; `local` is the name in its own script, in `local_language`.
    """

    badge: tuple[str, ...]
    local: str
    local_language: str
    entity: tuple[str, ...]
    post: str
    listed: str
    certificate: str

    @property
    def digest(self) -> str:
        """Return what changes when any form changes: SHA-256, in hexadecimal digits."""
        said = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def is_there(self) -> bool:
        """Tell whether there is a name at all."""
        return any(self.badge)


class Standing(StrEnum):
    """Where a check stands."""

    OPEN = "open"
    CHANGED = "changed"
    """Confirmed once, and printed otherwise since."""
    CONFIRMED = "confirmed"


def standing(forms: Forms, confirmed: str | None) -> Standing:
    """Return where the check stands; `confirmed` is the digest that was confirmed last."""
    if confirmed is None:
        return Standing.OPEN
    return Standing.CONFIRMED if confirmed == forms.digest else Standing.CHANGED
