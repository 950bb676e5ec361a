"""FER-2013 and the votes of FER+: every form they are passed on in, and the set that may be served."""

from core.stimuli.fer2013.reader import Arrays, read_arrays, read_source, read_votes

__all__ = ["Arrays", "read_arrays", "read_source", "read_votes"]
