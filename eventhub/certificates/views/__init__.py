"""Certificates: the staff's pages, the holder's file, the public check."""

from eventhub.certificates.views import (
    design,
    finding,
    holder,
    public,
    runs,
    staff,
    withdrawing,
)
from eventhub.certificates.views.blueprint import bp

__all__ = ["bp", "design", "finding", "holder", "public", "runs", "staff", "withdrawing"]
