"""Stored cards as tables, for the documentation and for a terminal; how people read the same faces, by command."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.commands import networks, people
from core.domain.network.card import Published, Reproduced
from core.training.doubts import Doubt
from core.training.doubts_page import as_page
from core.training.report import as_markdown, table
from core.vision.card import read_cards, read_people
from tests.stimuli.generated import little_fer, table_text, unanimous, votes_text

OURS = replace(read_cards()["compact"], twin="plain")
PLAIN = replace(OURS, key="plain", twin="")
PAPER = replace(
    OURS,
    key="paper2020",
    kind="paper",
    twin="",
    paper="Nobody 2020",
    title="two layers",
    published=Published(0.6, "PrivateTest", None, None, None, {}, ""),
    reproduced=Reproduced(0.58, (0.57, 0.59)),
    setup=replace(OURS.setup, epochs_run=3, epochs_asked=50, runs_done=2, runs_asked=10, partial="3 of 50 epochs"),
)
FUTURE = replace(PLAIN, key="aligned", kind="future", title="aligned by landmarks")
CARDS = {card.key: card for card in (OURS, PLAIN, PAPER, FUTURE)}


def test_a_paper_s_row_has_its_figure_ours_the_difference_and_what_was_not_run() -> None:
    block = as_markdown(CARDS, "compact")
    assert (
        "| `paper2020` | Nobody 2020 | 60.0% | 58.0% (57.0–59.0) | PrivateTest | 3 / 50 | 2 / 10 "
        "| two layers; -2.0 points; partial: 3 of 50 epochs |"
    ) in block


def test_future_work_stands_apart_from_what_was_published() -> None:
    first, apart = as_markdown(CARDS, "compact").split("What the papers name as future work")
    assert "`aligned`" not in first
    assert "`aligned`" in apart
    assert "`paper2020`" not in apart


def test_disgust_and_fear_are_told_of_each_and_what_changed_nothing_is_called_so() -> None:
    better = replace(OURS.main, classes=tuple(replace(one, recall=0.99) for one in OURS.main.classes))
    cards = CARDS | {"better": replace(FUTURE, key="better", quality={"PrivateTest": better})}
    said = as_markdown(cards, "compact").splitlines()[-1]
    before = " and ".join(f"{OURS.main.of(word).recall:.2f}" for word in ("disgust", "fear"))
    assert f"`compact` {before}, `aligned` {before} (no more than chance apart), `better` 0.99 and 0.99." in said


def test_the_network_that_ships_is_told_with_and_without_rendered_faces_and_how_long_both_learnt() -> None:
    plain = replace(PLAIN, kind="future", setup=replace(PLAIN.setup, partial="12 of 80 epochs"))
    first, _, apart = as_markdown(CARDS | {"plain": plain}, "compact").partition("What the papers name as future work")
    line = next(line for line in first.splitlines() if line.startswith("- `plain`, which saw no rendered face"))
    assert "; partial: 12 of 80 epochs, `compact` partial: " in line
    assert "| `plain` | ours |" in first
    assert "`plain`" not in apart


def test_a_figure_of_fewer_emotions_and_an_epoch_chosen_on_the_same_faces_are_marked() -> None:
    four = replace(PAPER, setup=replace(PAPER.setup, classes=("angry", "happy", "sad", "neutral")))
    validated = replace(PAPER, split="PublicTest")
    assert "| PrivateTest, 4 emotions |" in as_markdown(CARDS | {"paper2020": four}, "compact")
    assert "its epoch was chosen on PublicTest" in as_markdown(CARDS | {"paper2020": validated}, "compact")


def test_the_table_by_emotion_has_every_measure_of_surya_s() -> None:
    happy = OURS.main.of("happy")
    assert f"| {happy.f1:.3f} | {happy.accuracy:.3f} | " in as_markdown(CARDS, "compact")


def test_a_terminal_shows_a_line_for_each_network() -> None:
    lines = table(CARDS).splitlines()
    assert [line.split()[0] for line in lines] == ["network", *CARDS]
    assert "-2.0" in lines[3]


def test_the_block_replaces_the_old_one_alone() -> None:
    page = "before\n<!-- one:begin -->\n{}\n<!-- one:end -->\nafter <!-- two:begin --><!-- two:end -->"
    assert networks.with_block(page.format("old"), "one", "new") == page.format("new")
    with pytest.raises(ValueError, match="lacks <!-- three:begin -->"):
        networks.with_block(page, "three", "new")


def test_people_are_counted_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arrays = little_fer()
    (tmp_path / "fer2013.csv").write_text(table_text(arrays))
    (tmp_path / "votes.csv").write_text(votes_text(arrays, unanimous(arrays)))
    parser = ArgumentParser()
    people.configure(parser)
    words = ["--data", str(tmp_path / "fer2013.csv"), "--votes", str(tmp_path / "votes.csv"), "--out"]
    assert people.run(parser.parse_args([*words, str(tmp_path / "people.json")])) == 0
    found = read_people(tmp_path / "people.json")
    assert (found.faces, found.agreement) == (arrays[2].count("PrivateTest"), 1)
    assert set(found.distribution) == set(arrays[2])
    missing = [*words, str(tmp_path / "x.json"), "--split", "Moon"]
    assert people.run(parser.parse_args(missing)) == 1
    assert "has no Moon faces with votes" in capsys.readouterr().err


def test_a_page_of_doubts_shows_the_face_and_what_speaks_against_its_label() -> None:
    doubt = Doubt(7, "PrivateTest", "0" * 64, "fear", "surprise", "surprise", 0.9, True, (0.05, 0.95), (0, 0, 10))
    page = as_page({"Likely label errors": [doubt]}, {7: np.zeros((48, 48), np.uint8)})
    assert 'alt="face of row 7" src="data:image/png;base64,' in page
    assert "label: <b>fear</b>" in page
    assert "doubt 0.90" in page
