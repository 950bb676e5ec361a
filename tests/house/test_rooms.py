"""Where things lie: a part as low as its users allow, small rooms, small files."""

from collections import Counter
from pathlib import Path

from tests.house.tree import ROOT, modules, reached_from

MOST_LINES, MOST_FILES = 300, 20
EVERYWHERE = "app"
"""The frame is around every page, so what it uses is used in every room."""


def room(module: str) -> str:
    """The room of a page: the folder below pages/; of app.py its own."""
    return module.split(".")[1] if "." in module else EVERYWHERE


def pages() -> list[str]:
    """app.py and every script that Streamlit runs as a page."""
    return [
        name
        for name, path in modules().items()
        if name == "app" or (path.match("pages/*/*.py") and path.parent.name != "shared" and path.name != "__init__.py")
    ]


def test_a_part_that_only_one_room_uses_lies_in_that_room() -> None:
    users: dict[str, set[str]] = {name: set() for name in modules() if name.startswith("pages.shared.")}
    for page in pages():
        for part in reached_from(page) & users.keys():
            users[part].add(room(page))
    groups = {name for name, path in modules().items() if path.name == "__init__.py" and _is_empty(path)}
    too_high = {name: rooms for name, rooms in users.items() if len(rooms) < 2 and name not in groups}
    assert {name for name, rooms in too_high.items() if rooms != {EVERYWHERE}} == set()


def test_a_part_is_used_by_a_page() -> None:
    reached = set().union(*(reached_from(page) for page in pages()))
    parts = {n for n, path in modules().items() if n.startswith("pages.") and not _is_empty(path)} - set(pages())
    assert parts - reached == set()


def test_a_component_is_a_folder_with_its_scripts_and_styles() -> None:
    for path in (p for p in (ROOT / "pages").rglob("*") if p.suffix in {".js", ".css", ".html"}):
        component = path.parent.parent if path.parent.name == "steps" else path.parent
        assert (component / "__init__.py").exists(), path


def test_a_component_s_source_is_fetched_by_one_module() -> None:
    builders = {name for name, path in modules().items() if "components.v2.component(" in path.read_text("utf-8")}
    assert builders == {"pages.shared.component"}


def test_no_script_lies_directly_in_pages_where_it_opens_without_a_sign_in() -> None:
    assert list((ROOT / "pages").glob("*.py")) == []


def test_no_file_is_longer_than_300_lines() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _written("core", "pages", "tests")}
    assert {str(path.relative_to(ROOT)): n for path, n in lines.items() if n > MOST_LINES} == {}


def test_no_folder_holds_more_than_20_files() -> None:
    """`core/commands` is its own map, migrations are a history."""
    files = [
        p for part in ("core", "pages") for p in (ROOT / part).rglob("*") if p.is_file() and p.name != "__init__.py"
    ]
    counts = Counter(p.parent.relative_to(ROOT) for p in files if "__pycache__" not in p.parts)
    exempt = {Path("core/commands"), Path("core/storage/migrations/versions")}
    assert {str(folder): n for folder, n in counts.items() if n > MOST_FILES and folder not in exempt} == {}


def test_pages_write_no_html_and_use_no_loose_state() -> None:
    only_in = {
        "unsafe_allow_html": set(),
        "st.session_state[": {"pages.shared.state"},
        "st.rerun(": {"pages.shared.frame.again"},
    }
    for name, path in modules().items():
        if name.startswith("pages."):
            source = path.read_text(encoding="utf-8")
            assert [word for word, own in only_in.items() if word in source and name not in own] == [], name


def _is_empty(path: Path) -> bool:
    return path.name == "__init__.py" and "import" not in path.read_text(encoding="utf-8")


def _written(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return [path for path in found if path.suffix in {".py", ".js", ".css"}]
