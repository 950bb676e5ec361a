"""How a network learns: teachers' answers, steps, what a run keeps."""
