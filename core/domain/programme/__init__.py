"""A person's programme: where they stand in it, and what today asks."""
