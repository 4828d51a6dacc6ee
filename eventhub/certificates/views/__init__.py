"""Certificates: the staff's pages, the holder's file, the public check."""

from eventhub.certificates.views import finding, public, staff, withdrawing
from eventhub.certificates.views.blueprint import bp

__all__ = ["bp", "finding", "public", "staff", "withdrawing"]
