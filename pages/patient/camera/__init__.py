"""The parts of the expression exercise: gate, check of the camera, live picture, run."""
