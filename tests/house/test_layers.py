"""Who may import whom: downwards only, room by room."""

import sys

import pytest

from tests.house.tree import circles, imported, modules

BELOW = {"core.config", "core.domain"}
ROOMS = ("account", "administrator", "clinician", "everybody", "patient", "researcher", "staff")
LIBRARIES = {"streamlit", "plotly", "pandas", "babel", "segno", "numpy", "cv2", "PIL", "av"}
PARTS = {*LIBRARIES, "pages.shared", "core"}
LAYERS = {
    "app": {"streamlit", "starlette", "pages.shared", "core.web", "core.translations", *BELOW},
    **{f"pages.{room}": {*PARTS, f"pages.{room}"} for room in ROOMS},
    "pages.patient.camera": {*PARTS, "pages.patient", "streamlit_webrtc"},
    "pages.shared": PARTS,
    "core.web": {"streamlit", "starlette", "uvicorn", "h11", "anyio", "prometheus_client", "sqlalchemy", "core"},
    "core.commands": {"babel", "numpy", "streamlit", "uvicorn", "core"},
    "core.simulate": {
        "numpy",
        "sqlalchemy",
        "core.simulate",
        "core.services",
        "core.storage",
        "core.tasks",
        "core.translations",
        *BELOW,
    },
    "core.export": {"pyarrow", "core.export", *BELOW},
    "core.report": {"fpdf", "core.report", *BELOW},
    "core.services": {
        "sqlalchemy",
        "argon2",
        "pyotp",
        "zxcvbn",
        "core.services",
        "core.tasks",
        "core.storage",
        "core.stimuli",
        "core.export",
        "core.translations",
        *BELOW,
    },
    "core.tasks": {
        "sqlalchemy",
        "core.tasks",
        "core.storage",
        "core.stimuli.places",
        "core.translations",
        *BELOW,
    },
    "core.storage": {"sqlalchemy", "alembic", "cryptography", "numpy", "confusable_homoglyphs", "core.storage", *BELOW},
    "core.media": {"numpy", "PIL", "pillow_heif", "core.media", *BELOW},
    "core.stimuli": {
        "numpy",
        "pandas",
        "cv2",
        "PIL",
        "kagglehub",
        "core.media",
        "core.stimuli",
        "core.translations",
        *BELOW,
    },
    "core.vision": {"numpy", "cv2", "PIL", "av", "ai_edge_litert", "core.media", "core.vision", *BELOW},
    "core.training": {
        "numpy",
        "cv2",
        "PIL",
        "keras",
        "tensorflow",
        "jax",
        "torch",
        "ai_edge_litert",
        "scipy",
        "sklearn",
        "core.training",
        "core.media",
        "core.stimuli",
        "core.translations",
        *BELOW,
    },
    "core.translations": {"babel", *BELOW},
    "core.domain": {"numpy", "pandas", "scipy", "statsmodels", "core.domain"},
}
"""What each layer may import beside the standard library and what stands in for it; the longest name that fits a
module counts."""
STANDING_IN = {"propcache.api.cached_property"}

SCRIPTS = {"streamlit", "pages.shared", "core.services", "core.domain"}
"""What a page itself may import beside its own room: rules, SQL and network code are in none."""

ORDERS = {
    "core.services": (
        ("gate",),
        ("privacy",),
        ("faces",),
        ("exercise",),
        ("feelings",),
        ("clinic",),
        ("accounts", "research"),
    ),
    "core.domain": (
        ("network",),
        ("exercise",),
        ("practice", "statistics"),
        ("camera", "patient", "feelings", "programme"),
    ),
}
"""The rooms of a layer from the lowest up. Rooms of one step do not know each other."""


def within(name: str, tops: set[str]) -> bool:
    return any(name == top or name.startswith(f"{top}.") for top in tops)


def strangers(module: str, allowed: set[str]) -> set[str]:
    """What `module` imports and may not."""
    names = imported(modules()[module]) - STANDING_IN
    return {n for n in names if n.split(".")[0] not in sys.stdlib_module_names and not within(n, allowed)}


def height(layer: str, module: str) -> int:
    """How high in its layer the room of `module` lies; a layer's own files are the lowest."""
    room = module.removeprefix(layer).removeprefix(".").split(".")[0]
    return next((place for place, beside in enumerate(ORDERS[layer], 1) if room in beside), 0)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_lies_below_it(layer: str) -> None:
    def of_this_layer(module: str) -> bool:
        fitting = [name for name in LAYERS if within(module, {name})]
        return max(fitting, key=len, default="") == layer

    found = {module: strangers(module, LAYERS[layer]) for module in modules() if of_this_layer(module)}
    assert {module: names for module, names in found.items() if names} == {}


def test_a_page_holds_no_rule_no_sql_and_no_network_code() -> None:
    pages = [module for module, path in modules().items() if path.match("pages/*/*.py") and "shared" not in path.parts]
    found = {module: strangers(module, SCRIPTS | {module.rpartition(".")[0]}) for module in pages}
    assert {module: names for module, names in found.items() if names} == {}


def test_what_all_rooms_share_knows_none_of_the_rooms_beside_it() -> None:
    """pages/shared/recognise and its like may use pages/shared/words.py, not the other way round."""
    beside = {module for module, path in modules().items() if path.parent.parent.name == "shared"}
    components = {"pages.shared.component", "pages.shared.frame", "pages.shared.invitation_sheet"}
    top = {module for module, path in modules().items() if path.match("pages/shared/*.py")} | components
    groups = {".".join(module.split(".")[:3]) for module in beside} - components
    found = {module: {n for n in imported(modules()[module]) if within(n, groups)} for module in top}
    assert {module: names for module, names in found.items() if names} == {}


@pytest.mark.parametrize("layer", ORDERS)
def test_a_room_of_a_layer_imports_only_rooms_below_it(layer: str) -> None:
    upwards = {
        f"{module} imports {name}"
        for module, path in modules().items()
        if module.startswith(f"{layer}.")
        for name in imported(path)
        if name.startswith(f"{layer}.") and name.split(".")[:3] != module.split(".")[:3]
        if height(layer, name) > height(layer, module) or 0 < height(layer, name) == height(layer, module)
    }
    assert upwards == set()


def test_nothing_is_imported_in_a_circle() -> None:
    assert circles() == []


def test_no_property_is_cached_under_a_lock_that_all_instances_share() -> None:
    """On Python 3.11 functools' does: two transactions, one with the lock and one with the database, wait for ever."""
    assert [name for name, path in modules().items() if "functools.cached_property" in imported(path)] == []


def test_only_the_camera_touches_webrtc() -> None:
    found = [name for name, path in modules().items() if any(n.startswith("streamlit_webrtc") for n in imported(path))]
    assert found == ["pages.patient.camera.stream"]


def test_only_training_touches_keras() -> None:
    for module, path in modules().items():
        if not within(module, {"core.training"}):
            assert not {n for n in imported(path) if n.split(".")[0] in {"keras", "tensorflow"}}, module
