"""The README cannot drift from the tree and the commands."""

import pkgutil
import re
from pathlib import Path

from core import commands
from core.commands import networks

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def tree() -> set[str]:
    """The paths that the README's tree names."""
    block = README.split("## The tree")[1].split("```")[1]
    paths, parent = set(), ""
    for line in block.strip().splitlines():
        indent, name = re.match(r"( *)(\S+)", line).groups()  # type: ignore[union-attr]
        if not indent:
            parent = name if name.endswith("/") else ""
        paths.add(name if not indent else parent + name)
    return paths


def test_every_path_of_the_tree_exists_and_every_folder_is_in_it() -> None:
    named = tree()
    assert {path for path in named - {"data/local/"} if not (ROOT / path).exists()} == set()
    folders = {
        f"{part}/{folder.name}/"
        for part in ("core", "pages")
        for folder in (ROOT / part).iterdir()
        if folder.is_dir() and folder.name != "__pycache__"
    }
    assert folders <= named


def test_every_command_is_described() -> None:
    known = {found.name.replace("_", "-") for found in pkgutil.iter_modules(commands.__path__)}
    table = README.split("| command |")[1].split("\n\n")[0]
    described = set(re.findall(r"^\| `([a-z0-9-]+)` \|", table, flags=re.MULTILINE))
    assert described == known


def test_the_glossary_has_the_words_of_the_field() -> None:
    for word in ("stimulus", "target", "trial", "block", "session", "check", "form", "blueprint", "response", "rater"):
        assert f"| {word} |" in README


def test_the_block_on_the_networks_is_what_the_stored_cards_say() -> None:
    """`python -m core networks --write` brings it up to date."""
    assert networks.with_block(README, networks.block()) == README
