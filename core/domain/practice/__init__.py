"""Practice that adapts to one person: what they can see, which pairs they mix up, which faces come next. Pure."""
