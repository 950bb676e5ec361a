"""Pairs: two faces of one person, and the question which of them shows fear."""
