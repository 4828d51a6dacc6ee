"""What can be done with arrivals; all writes."""
