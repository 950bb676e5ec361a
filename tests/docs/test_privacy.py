"""An ethics board can read of everything that is stored."""

import re

from core.config import ROOT
from core.storage.tables import Base


def test_every_table_is_told_with_its_end_and_its_readers() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split(" | ") for line in page.splitlines() if line.startswith("| `")]
    told = [name for row in rows for name in re.findall(r"`(\w+)`", row[0])]
    assert sorted(told) == sorted(Base.metadata.tables)
    assert {len(row) for row in rows} == {4}
