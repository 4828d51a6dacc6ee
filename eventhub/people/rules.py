"""What a password and a code must be."""

from datetime import timedelta

CODE_LIFE = timedelta(minutes=30)
SHORT_LIVES = {"find_certificate": timedelta(minutes=15)}
"""How long codes are good that are not good for as long as others, by their purpose."""
CODE_DIGITS = 6
CODE_TRIES = 5
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
FEWEST_CHARACTERS = 5
"""So many different characters at least: "aaaaaaaaaaaa" is no password."""

OFTEN_USED = frozenset(
    {"password12", "password123", "password1234", "1234567890", "qwertyuiop", "administrator"}
)


def normal_email(text: str) -> str:
    """Return the address as accounts are found by it: lower-case, without blanks around."""
    return text.strip().lower()


def only_digits(text: str) -> str:
    """Return the digits of a code as typed, whatever blanks or hyphens stand between them."""
    return "".join(str(int(c)) for c in text if c.isdecimal())


def is_too_short(password: str) -> bool:
    """Tell whether the password has too few characters."""
    return len(password) < SHORTEST_PASSWORD


def is_easy_to_guess(password: str, email: str) -> bool:
    """Tell whether the password is among those tried first."""
    folded = password.casefold()
    name = email.partition("@")[0].casefold()
    few = len(set(folded)) < FEWEST_CHARACTERS
    return few or folded in OFTEN_USED or folded in (email.casefold(), name)


def code_life(purpose: str) -> timedelta:
    """Return how long a code that was sent for this purpose is good."""
    return SHORT_LIVES.get(purpose, CODE_LIFE)
