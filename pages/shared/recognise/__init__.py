"""The recognition exercise on the screen: the runner, the face, the words of feedback and result."""

from pathlib import Path

_HERE = Path(__file__).parent
FACE_SCRIPT = _HERE / "trial_face.js"
MOVING_SCRIPT = _HERE / "moving_face.js"
HEAT_MAP_SCRIPT = _HERE / "heat_map.js"
HEAT_MAP_STYLE = _HERE / "heat_map.css"
