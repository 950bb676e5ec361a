"""Lessons: what tells two feelings apart, seen moving, then chosen, then said."""
