"""EventHub runs forums, side events and seminars whole; see docs/concepts.md for its words."""

__version__ = "0.1.0"
