"""Certificates: the staff's pages, the holder's file, the public check."""

from eventhub.certificates.views import public, staff, withdrawing
from eventhub.certificates.views.blueprint import bp

__all__ = ["bp", "public", "staff", "withdrawing"]
