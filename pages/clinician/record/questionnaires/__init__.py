"""Questionnaires of a patient: totals and their chart."""
