"""What docs/adding.md says of an addition is so: its files exist, and no others are needed."""

import json
import re

import pytest

from core.config import ROOT
from core.domain.patient.questionnaire_items import read_items
from core.domain.patient.questionnaires import from_json
from pages.everybody.network.names import name
from tests.cards import card, paper
from tests.docs.reading import code, section

PAGE = ROOT / "docs/adding.md"
MOST = {"A questionnaire": 1, "A network": 2, "A language": 1, "A statistic on the patient's page": 5, "An exercise": 3}
NEW = re.compile(r"[A-Z]{3,}")
NO_TASK = {"core/config.py", "core/commands/rate.py"}
"""Where EXPRESSION is the name of a setting."""


def files(heading: str) -> list[str]:
    """The numbered files of a section."""
    return re.findall(r"^\d\. `([^`]+)`: ", section(PAGE, heading), flags=re.MULTILINE)


@pytest.mark.parametrize(("heading", "most"), MOST.items())
def test_an_addition_touches_few_files(heading: str, most: int) -> None:
    assert 1 <= len(files(heading)) <= most


def test_the_classes_and_constants_that_are_named_exist() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8") for part in ("core", "pages") for path in (ROOT / part).rglob("*.py")
    )
    named = {name for name in code(PAGE) if re.fullmatch(r"[A-Z]\w{3,}", name)}
    assert named
    assert {name for name in named if not re.search(rf"^(class {name}\b|{name}\b.* = )", source, re.MULTILINE)} == set()


@pytest.mark.parametrize("heading", MOST)
def test_its_files_exist_and_a_new_one_has_others_of_its_kind_beside_it(heading: str) -> None:
    for file in files(heading):
        assert list(ROOT.glob(NEW.sub("*", file))), file


def test_the_questionnaire_that_is_shown_can_be_read() -> None:
    example = section(PAGE, "A questionnaire").split("```json\n")[1].split("```")[0]
    found = from_json("example", json.loads(example))
    assert found.band(found.low)
    assert found.retest


def test_the_items_that_are_shown_can_be_read() -> None:
    published, items = [
        json.loads(one.split("```")[0]) for one in section(PAGE, "A questionnaire").split("```json\n")[1:]
    ]
    shorter = from_json("example", published | {"items": 2, "range": [2, 10], "bands": []})
    assert read_items(shorter, items, "").most_left_out == 1


def test_a_paper_s_networks_are_named_in_no_file_but_the_two() -> None:
    new, listed = files("A network")
    surya = new.replace("NAME", "surya")
    naming = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "core").rglob("*.py")
        if re.search(r"\b(surya|SURYA|surya2023)\b", path.read_text(encoding="utf-8"))
    }
    assert naming == {surya, listed}


def test_the_pages_show_a_network_that_they_do_not_know() -> None:
    assert name(card("unknown", title="three blocks")) == "three blocks"
    assert name(paper("author2027", paper="Author 2027", title="four blocks")) == "Author 2027: four blocks"


def test_every_file_that_knows_the_exercises_is_listed() -> None:
    listed = section(PAGE, "An exercise")
    knowing = {
        str(path.relative_to(ROOT))
        for part in ("core", "pages")
        for path in (ROOT / part).rglob("*.py")
        if re.search(r"\b(RECOGNITION|EXPRESSION)\b(?!\")", path.read_text(encoding="utf-8"))
    }
    others = {path for path in knowing - NO_TASK if not path.startswith("core/tasks/")}
    assert {path for path in others if f"`{path}`" not in listed} == set()
