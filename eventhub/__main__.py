"""`python -m eventhub` is `eventhub`."""

from eventhub.cli import main

main()
