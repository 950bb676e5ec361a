"""What helps whoever carries on: one page on how to work here, changes by hand, a form for what is wrong."""

import re
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
