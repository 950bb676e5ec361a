"""The questions of consent and their words."""
