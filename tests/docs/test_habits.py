"""What helps whoever carries on: how to work here, changes by hand, a form for bugs, editors, hooks before a commit."""

import re
import subprocess
import tomllib
from configparser import ConfigParser
from typing import Any

import yaml

from core.config import ROOT, VERSION
from tests.docs.reading import anchors, text

CHANGES = ROOT / "CHANGELOG.md"


def test_how_to_contribute_is_one_page() -> None:
    page = ROOT / "CONTRIBUTING.md"
    assert len(text(page).splitlines()) <= 80
    assert {"run", "test", "where-things-go", "name", "commit"} <= anchors(page)


def test_the_newest_release_among_the_changes_is_this_version_and_older_ones_follow() -> None:
    releases = re.findall(r"^## (\d+)\.(\d+)\.(\d+)$", text(CHANGES), flags=re.MULTILINE)
    numbers = [tuple(map(int, release)) for release in releases]
    assert ".".join(releases[0]) == VERSION
    assert numbers == sorted(set(numbers), reverse=True)


def test_every_release_says_what_changed() -> None:
    for release in text(CHANGES).split("\n## ")[1:]:
        assert "\n- " in release, release.splitlines()[0]


def test_the_form_for_a_bug_asks_for_what_a_maintainer_needs() -> None:
    asked = fields()
    required = {name for name, field in asked.items() if field.get("validations", {}).get("required")}
    assert required == {"happened", "steps", "version", "database", "running"}
    assert {"browser", "log"} <= set(asked)
    for field in asked.values():
        assert field["attributes"]["label"]
        assert field["type"] != "dropdown" or len(set(field["attributes"]["options"])) > 1


def test_the_ways_to_run_that_the_form_offers_exist() -> None:
    offered = {option for option in fields()["running"]["attributes"]["options"] if option.startswith("make ")}
    targets = re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), flags=re.MULTILINE)
    assert offered
    assert offered <= {f"make {target}" for target in targets}


def fields() -> dict[str, Any]:
    """What the form asks for, by id."""
    form = yaml.safe_load(text(ROOT / ".github/ISSUE_TEMPLATE/bug.yml"))
    assert form["name"]
    assert form["description"]
    return {field["id"]: field for field in form["body"] if field["type"] != "markdown"}


def test_the_hooks_before_a_commit_check_what_make_lint_checks() -> None:
    [local] = yaml.safe_load(text(ROOT / ".pre-commit-config.yaml"))["repos"]
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", text(ROOT / "Makefile"), flags=re.MULTILINE)
    assert local["repo"] == "local", "nothing is fetched"
    assert recipe
    lint = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe.group(1).splitlines()]
    assert [hook["entry"] for hook in local["hooks"]] == lint


def test_editors_are_told_what_the_files_are_like() -> None:
    editor = ConfigParser()
    editor.read_string("[top]\n" + text(ROOT / ".editorconfig"))
    ruff = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["ruff"]
    assert editor.getint("*.py", "max_line_length") == ruff["line-length"]
    assert (editor["*"]["end_of_line"], editor["*"]["insert_final_newline"]) == ("lf", "true")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(re.compile(r"\.(py|js|css|html|md|toml|ya?ml|json|po|txt)$").search, listed.split("\0")):
        content = (ROOT / name).read_bytes()
        assert b"\r" not in content, name
        assert not content or content.endswith(b"\n"), name
        assert not re.search(rb"[ \t]\n", content), name
