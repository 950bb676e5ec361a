"""How places look that take files."""

from pathlib import Path

UPLOAD = Path(__file__).parent / "upload.css"
