"""Whoever does a thing: a signed-in account, a person with a private link, or the system."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of an event a permission reaches; None means all of it.

    categories, delegations and gates are ids of rows.
    """

    categories: frozenset[int] | None = None
    delegations: frozenset[int] | None = None
    gates: frozenset[int] | None = None

    def __or__(self, other: "Scope") -> "Scope":
        """Return what either reaches, where that can be said exactly; else what the first does.

        Scopes that limit different things (a desk's categories, a focal point's delegation) have
        no exact union here: less is given, never more.
        """
        if EVERYTHING in (self, other):
            return EVERYTHING
        limits = self._limits()
        if limits != other._limits() or len(limits) != 1:
            return self
        axis = limits[0]
        return Scope(**{axis: getattr(self, axis) | getattr(other, axis)})

    def _limits(self) -> tuple[str, ...]:
        axes = ("categories", "delegations", "gates")
        return tuple(axis for axis in axes if getattr(self, axis) is not None)


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and how far each permission reaches.

    `kind` is one of account, registrant, system; `label` is what the audit log shows.
    """

    kind: str
    id: int | None
    label: str
    reach: Mapping[str, Scope] = field(default_factory=dict)

    def may(self, permission: str) -> bool:
        """Tell whether the actor holds the permission, for at least a part."""
        return self.kind == "system" or permission in self.reach

    def scope(self, permission: str) -> Scope:
        """Return how far the permission reaches; KeyError where it is not held."""
        return EVERYTHING if self.kind == "system" else self.reach[permission]


SYSTEM = Actor("system", None, "EventHub")
