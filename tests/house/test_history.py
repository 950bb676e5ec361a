"""Migrations are one line: each follows the one before it, and no two have one number."""

import re

from tests.house.tree import ROOT

VERSIONS = ROOT / "core" / "storage" / "migrations" / "versions"


def test_every_migration_follows_the_one_before_it() -> None:
    found = sorted(VERSIONS.glob("[0-9]*.py"))
    said = [_said(path.read_text(encoding="utf-8")) for path in found]
    numbers = [path.name.split("_")[0] for path in found]
    assert said == list(zip(numbers, [None, *numbers[:-1]], strict=True))


def _said(source: str) -> tuple[str, str | None]:
    """The revision of a migration, and the one that it follows."""
    said = dict(re.findall(r'^(revision|down_revision)(?:: [^=]+)? = (?:"(\d+)"|None)', source, flags=re.MULTILINE))
    return said["revision"], said["down_revision"] or None
