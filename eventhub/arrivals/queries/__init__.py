"""What can be asked about arrivals; every question names the event."""
