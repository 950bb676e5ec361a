"""A REDCap project that imports: it takes a dictionary, and then data that pass it, as REDCap's own checks do.

Names, types, validation and the columns of a repeating instrument are those of REDCap's data dictionary and of its Data
Import Tool: https://redcap.vumc.org/ (Help & FAQ, Data Import Tool and Repeating Instruments).
"""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

MOST_INSTANCES = 32_767
_NAME = re.compile(r"[a-z](?:[a-z0-9]|_(?!_|$)){0,99}")
_CODE = re.compile(r"[A-Za-z0-9_]+")
_VALID = {"": r".*", "integer": r"[-+]?\d+", "number": r"[-+]?\d+(\.\d+)?"}
_HEADINGS = 18


@dataclass
class RedcapProject:
    """`records`: values by record, instrument ("" for what does not repeat) and instance."""

    fields: dict[str, dict[str, str]]
    record: str
    records: dict[tuple[str, str, int], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def made_of(cls, dictionary: Path) -> "RedcapProject":
        with dictionary.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows[0]) == _HEADINGS
        names = [row["Variable / Field Name"] for row in rows]
        assert [name for name in names if not _NAME.fullmatch(name)] == []
        assert len(set(names)) == len(names)
        forms = [row["Form Name"] for row in rows]
        assert len(dict.fromkeys(forms)) == 1 + sum(a != b for a, b in pairwise(forms)), "together"
        for row in rows:
            kind, choices = row["Field Type"], _choices(row)
            assert kind in {"text", "radio", "yesno"}, row
            assert (kind == "radio") == bool(choices), row
            assert [code for code in choices if not _CODE.fullmatch(code)] == []
            assert row["Text Validation Type OR Show Slider Number"] in _VALID
            assert kind == "text" or not row["Text Validation Type OR Show Slider Number"]
            assert row["Field Label"]
        return cls(dict(zip(names, rows, strict=True)), names[0])

    def take(self, data: Path) -> int:
        """Import a file; returns its rows. Raises AssertionError for what REDCap would refuse."""
        with data.open(encoding="utf-8", newline="") as file:
            header, *lines = list(csv.reader(file))
        assert header[:3] == [self.record, "redcap_repeat_instrument", "redcap_repeat_instance"]
        assert [name for name in header[3:] if name not in self.fields] == []
        seen = set()
        for line in lines:
            assert len(line) == len(header)
            row = dict(zip(header, line, strict=True))
            record, form, instance = (row.pop(name) for name in header[:3])
            assert record == record.strip()
            assert 0 < len(record) <= 100
            assert bool(form) == bool(instance), row
            if form:
                assert re.fullmatch(r"[1-9]\d*", instance), instance
                assert int(instance) <= MOST_INSTANCES, instance
            key = (record, form, int(instance or 0))
            assert key not in seen, key
            seen.add(key)
            for name, value in row.items():
                self._accept(name, value, form or "participants")
            self.records[key] |= {name: value for name, value in row.items() if value}
        return len(lines)

    def _accept(self, name: str, value: str, form: str) -> None:
        about = self.fields[name]
        assert about["Form Name"] == form, (name, form)
        if not value:
            return
        if about["Field Type"] == "radio":
            assert value in _choices(about), (name, value)
        elif about["Field Type"] == "yesno":
            assert value in {"0", "1"}, (name, value)
        else:
            assert re.fullmatch(_VALID[about["Text Validation Type OR Show Slider Number"]], value), (name, value)
            low, high = about["Text Validation Min"], about["Text Validation Max"]
            assert not low or float(low) <= float(value) <= float(high), (name, value)


def _choices(row: dict[str, str]) -> list[str]:
    said = row["Choices, Calculations, OR Slider Labels"]
    return [choice.split(", ", 1)[0] for choice in said.split(" | ")] if said else []
