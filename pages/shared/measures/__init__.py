"""What was measured: charts, matrices, verdicts, and the fields of a plan."""
