"""Files that people fetch from the server or give to it."""
