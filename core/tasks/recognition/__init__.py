"""Recognition: a face is shown and named. The task that a plan asks for, and by whose checks change is measured."""
