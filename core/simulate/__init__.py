"""Simulated people with known truth: what a demonstration shows and what statistics are measured against."""
