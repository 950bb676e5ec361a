"""The parts of the list of patients."""
