"""Faces that move: what differs from recognition is how a face is shown."""
