"""Networks, what they learn from, the loop that trains them, their figures, their export. The only place for Keras."""
