"""The expression exercise in words and pictures, wherever a run of it is shown."""
