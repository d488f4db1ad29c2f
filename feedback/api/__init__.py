"""What feedback hands out as data: read from the public copies and from counts, never from a case."""
