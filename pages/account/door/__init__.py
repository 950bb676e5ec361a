"""The ways in: forms, second factor, the cards of a demonstration."""
