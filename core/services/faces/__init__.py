"""Sets of faces, and what networks say of them."""
