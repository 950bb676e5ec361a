"""A patient in the care of a clinician: summary, attention, suggestion, consent."""
