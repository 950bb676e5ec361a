"""The parts of the page that reads faces in files."""
