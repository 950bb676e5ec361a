"""What places have in common that take files: how they look, and the theme that they follow."""

from pathlib import Path

_HERE = Path(__file__).parent
UPLOAD = _HERE / "upload.css"
THEME = _HERE / "follow_theme.js"
"""Marks a place as light or dark, for components whose colours are ours."""
