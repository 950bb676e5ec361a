"""Every command that the documentation names exists, with the options it is given there; every one is described."""

import importlib
import importlib.util
import pkgutil
import re
from argparse import ArgumentParser
from pathlib import Path

import pytest

from core import commands
from core.config import ROOT
from tests.docs.reading import PAGES, code, rows

COMMANDS = {found.name.replace("_", "-") for found in pkgutil.iter_modules(commands.__path__)}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
CODE = [fragment for page in PAGES for fragment in code(page)]
DESCRIBED = [cells[0] for cells in rows(ROOT / "docs/commands.md", "command")]


def options_of(command: str) -> set[str]:
    parser = ArgumentParser()
    importlib.import_module(f"core.commands.{command.replace('-', '_')}").configure(parser)
    return set(re.findall(r"--[a-z0-9-]+", parser.format_help()))


@pytest.mark.parametrize("line", sorted({line for line in CODE if re.search(r"python -m core [a-z]", line)}))
def test_a_command_that_is_named_exists_with_its_options(line: str) -> None:
    name, said = re.search(r"python -m core ([a-z0-9-]+)([^#]*)", line).groups()  # type: ignore[union-attr]
    assert name in COMMANDS
    assert set(re.findall(r"--[a-z0-9-]+", said)) <= options_of(name)


def test_every_command_is_described() -> None:
    assert {name for name in DESCRIBED if " " not in name} == COMMANDS


def test_every_target_of_make_that_is_named_exists_and_every_one_is_described() -> None:
    named = {name for fragment in CODE for name in re.findall(r"(?:^|&& )make ([a-z-]+)", fragment)}
    assert named <= TARGETS
    assert {f"make {name}" for name in TARGETS} <= set(DESCRIBED)


def test_every_module_of_the_tests_that_is_named_runs() -> None:
    named = {name for fragment in CODE for name in re.findall(r"python -m (tests[\w.]*)", fragment)}
    assert named
    for name in named:
        found = importlib.util.find_spec(name)
        assert found, name
        source = importlib.util.find_spec(f"{name}.__main__") if found.submodule_search_locations else found
        assert source, name
        assert source.origin
        assert '__name__ == "__main__"' in Path(source.origin).read_text(encoding="utf-8"), name
