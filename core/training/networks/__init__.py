"""The networks that can be trained: ours and the papers'."""
