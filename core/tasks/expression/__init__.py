"""Expression: an emotion is shown to a camera, and a network says what it sees."""
