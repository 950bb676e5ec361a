"""What several pages of a patient show."""
