"""What places have in common that take files: how they look, how they come and go, and the theme that they follow."""

from pathlib import Path

_HERE = Path(__file__).parent
UPLOAD = _HERE / "upload.css"
MOUNT = _HERE / "mount.js"
"""Makes a kind of upload a component; needs the next."""
THEME = _HERE / "follow_theme.js"
"""Marks a place as light or dark, for components whose colours are ours."""
