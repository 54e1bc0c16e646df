"""What the arithmetic of a table proves, what contradicts it, and whether every amount is accounted for."""
