"""The house rules that a tree can break: who imports whom, where pages lie, how long a file may be."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = [ROOT / "app.py", *(p for part in ("core", "pages") for p in sorted((ROOT / part).rglob("*.py")))]
BELOW = {"core.config", "core.domain"}
LAYERS = {
    "app.py": {"streamlit", "starlette", "pages.shared", "core.web", *BELOW},
    "pages/shared/": {
        "streamlit",
        "plotly",
        "pandas",
        "babel",
        "segno",
        "numpy",
        "cv2",
        "PIL",
        "av",
        "streamlit_webrtc",
        "pages.shared",
        "core",
    },
    "pages/": {"streamlit", "pages.shared", "core.services", "core.domain"},
    "core/web/": {"streamlit", "starlette", "uvicorn", "anyio", "prometheus_client", "sqlalchemy", "core"},
    "core/commands/": {"babel", "numpy", "streamlit", "uvicorn", "core"},
    "core/simulate/": {"numpy", "sqlalchemy", "core.simulate", "core.services", "core.storage", *BELOW},
    "core/export/": {"pyarrow", "core.export", *BELOW},
    "core/report/": {"fpdf", "core.report", *BELOW},
    "core/services/": {
        "sqlalchemy",
        "argon2",
        "pyotp",
        "zxcvbn",
        "core.services",
        "core.storage",
        "core.stimuli",
        "core.export",
        *BELOW,
    },
    "core/storage/": {"sqlalchemy", "alembic", "numpy", "core.storage", *BELOW},
    "core/stimuli/": {"numpy", "pandas", "cv2", "PIL", "kagglehub", "core.stimuli", *BELOW},
    "core/vision/": {"numpy", "cv2", "PIL", "av", "ai_edge_litert", "core.vision", *BELOW},
    "core/training/": {
        "numpy",
        "cv2",
        "PIL",
        "keras",
        "tensorflow",
        "ai_edge_litert",
        "scipy",
        "sklearn",
        "core.training",
        "core.stimuli",
        *BELOW,
    },
    "core/domain/": {"numpy", "pandas", "scipy", "statsmodels", "core.domain"},
}


def imported(path: Path) -> set[str]:
    """Every module that `path` imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_layer_imports_only_what_lies_below_it(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    layer = next((layer for layer in LAYERS if name.startswith(layer)), None)
    if layer is None:  # core/config.py, core/__main__.py and the empty package files
        return
    allowed = LAYERS[layer]
    strangers = {
        module
        for module in imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names
        and not any(module == top or module.startswith(f"{top}.") for top in allowed)
    }
    assert strangers == set(), f"{name} may import {sorted(allowed)}"


def test_no_script_lies_directly_in_pages_where_it_opens_without_a_sign_in() -> None:
    assert list((ROOT / "pages").glob("*.py")) == []


def test_no_file_is_longer_than_300_lines() -> None:
    written = [
        p
        for folder in ("core", "pages", "tests")
        for p in (ROOT / folder).rglob("*")
        if p.suffix in {".py", ".js", ".css"}
    ]
    long = {
        str(p.relative_to(ROOT)): n for p in written if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_pages_write_no_html_and_use_no_loose_state() -> None:
    allowed = {"unsafe_allow_html": set(), "st.session_state[": {"state.py", "trial.py"}, "st.rerun(": {"again.py"}}
    for path in (p for p in CODE if p.is_relative_to(ROOT / "pages")):
        source = path.read_text(encoding="utf-8")
        assert [word for word, files in allowed.items() if word in source and path.name not in files] == [], path


def test_only_the_camera_touches_webrtc() -> None:
    touching = [path.name for path in CODE if any(m.startswith("streamlit_webrtc") for m in imported(path))]
    assert touching == ["camera.py"]


def test_only_training_touches_keras() -> None:
    for path in CODE:
        if "training" not in path.parts:
            assert not {m for m in imported(path) if m.split(".")[0] in {"keras", "tensorflow"}}, path
