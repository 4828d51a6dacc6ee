"""What the worker does for files."""

from datetime import timedelta

from eventhub.files import services
from eventhub.jobs.runner import Work, handles


@handles("files.sweep", every=timedelta(hours=6))
def sweep(_work: Work) -> dict[str, int]:
    """Remove the bytes of files that were never kept."""
    return {"swept": services.sweep_orphans()}


@handles("files.forget")
def forget(_work: Work, places: list[str]) -> dict[str, int]:
    """Remove the bytes of files that were erased, at once."""
    return {"removed": services.forget_bytes(places)}
