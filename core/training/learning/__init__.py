"""How a network learns: answers of teachers, what a run keeps, mixed faces, steps compiled for a graphics card."""
