"""What higher packages tell this one."""

from collections.abc import Callable, Collection

EXPECTED: list[Callable[[int], Collection[int]]] = []
"""Who is expected at an event: functions of its id that return ids of entities; filled by
`eventhub/parts.py`."""
