"""The expression exercise: what is seen, held, and made of it."""
