"""What happened to roles; sent inside the transaction with the grant: `taken.send(grant)`."""

from blinker import Signal

taken = Signal()
"""A role was taken away; the grant's row goes with this transaction."""
