"""Faces in a situation: what a face shows, what its person may feel, and that one cannot know."""
