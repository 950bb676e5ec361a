"""Storage of check-ins, and the encryption of a person's own words."""
