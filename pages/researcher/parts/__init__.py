"""The parts of the pages of researchers."""
