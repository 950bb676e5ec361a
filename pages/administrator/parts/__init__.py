"""The parts of the pages of administrators."""
