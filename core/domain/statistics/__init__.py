"""Measures of answers and of change."""
