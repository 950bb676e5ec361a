"""A network's card: read back as written, refused by name, and what follows from its figures."""

import json
from dataclasses import replace

import pytest

from core.domain.network.card import Card, Published
from core.vision.card import NETWORKS, read_cards, read_people

CARD = read_cards()["compact"]
PRINTED = Published(0.68, "PrivateTest", None, None, None, {}, "")


@pytest.mark.parametrize("card", read_cards().values(), ids=lambda card: card.key)
def test_a_stored_card_reads_back_as_written_and_is_compact(card: Card) -> None:
    text = (NETWORKS / card.key / "card.json").read_text(encoding="utf-8")
    assert card.to_json() == text
    assert len(text.encode()) < 60_000


@pytest.mark.parametrize("card", read_cards().values(), ids=lambda card: card.key)
def test_the_figures_of_a_stored_card_belong_together(card: Card) -> None:
    for quality in card.quality.values():
        assert quality.faces == sum(map(sum, quality.matrix))
        assert quality.accuracy == pytest.approx(quality.right / quality.faces, abs=1e-6)
        for calibration in (quality.calibration, quality.uncalibrated):
            assert sum(one.faces for one in calibration.bins) == quality.faces
    assert (card.sha256 != "") == (NETWORKS / card.key / "network.tflite").exists()
    assert card.twin == "" or card.twin in read_cards()


def test_the_difference_to_the_paper_is_in_points() -> None:
    assert CARD.difference is None
    found = replace(CARD, published=PRINTED)
    assert found.difference == pytest.approx(100 * (CARD.main.accuracy - 0.68))
    assert replace(CARD, published=replace(PRINTED, accuracy=None)).difference is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"limits": None}, "limits is 'None'"),
        ({"kind": "borrowed"}, "expected one of ours, paper, future"),
        ({"split": "Moon"}, "the split 'Moon' is none of the sets PrivateTest"),
        ({"more": 1}, "unknown fields more"),
    ],
)
def test_a_malformed_card_is_refused_by_name(change: dict[str, object], said: str) -> None:
    values = json.loads(CARD.to_json())
    with pytest.raises(ValueError, match=said):
        Card.from_json(json.dumps(values | change))


def test_an_incomplete_card_is_refused_by_name() -> None:
    values = json.loads(CARD.to_json())
    del values["limits"]
    with pytest.raises(ValueError, match="missing fields limits"):
        Card.from_json(json.dumps(values))


def test_the_stored_people_read_every_label_of_the_split() -> None:
    people = read_people()
    assert people.distribution["PrivateTest"] == tuple(one.faces for one in CARD.quality["PrivateTest"].classes)
    assert 0.55 < people.agreement < 0.65
