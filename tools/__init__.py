"""Tools for those who build EventHub: set-up, locks, and the checks of the gate."""
