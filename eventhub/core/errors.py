"""What a person can put right. Everything else is a bug and rises to the log."""


class DomainError(Exception):
    """A refusal with a translated message for the person, and the field it belongs to, if one."""

    status = 422

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Invalid(DomainError):
    """What was typed cannot be accepted (HTTP 422)."""


class Conflict(DomainError):
    """The state of things does not allow it, or changed meanwhile (HTTP 409)."""

    status = 409


class NotFound(DomainError):
    """Nothing here under that name, or nothing this person may see (HTTP 404)."""

    status = 404

    def __init__(self, message: str = "", field: str | None = None) -> None:
        super().__init__(message, field)
