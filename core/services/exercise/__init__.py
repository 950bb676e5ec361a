"""What a patient does: both exercises, feedback, progress, plans, lessons."""
