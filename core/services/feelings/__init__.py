"""A person's own feelings: check-ins, the diary they make, and what of it others may see."""
