"""A person's own feelings: words for them, one check-in, what many of them come to."""
