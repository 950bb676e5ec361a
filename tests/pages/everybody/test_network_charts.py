"""Charts of a network draw what its card says."""

import pytest

from core.domain.emotions import Emotion
from pages.everybody.network import charts
from pages.shared.palette import DARK, LIGHT
from tests import cards

NAMES = [emotion.word for emotion in Emotion]


def test_network_and_people_stand_side_by_side_with_the_network_filled() -> None:
    ours = cards.quality()
    shares, intervals = [one.recall for one in ours.classes], [one.recall_interval for one in ours.classes]
    series = (
        charts.RaterSeries("computer", shares, intervals, True),
        charts.RaterSeries("people", shares, None, False),
    )
    for dark, theme in ((False, LIGHT), (True, DARK)):
        figure = charts.side_by_side(NAMES, series, "%", dark)
        computer, people = figure.data
        assert computer.x[2] == pytest.approx(100 * shares[2])
        assert computer.x[2] + computer.error_x.array[2] == pytest.approx(100 * intervals[2][1])
        assert (computer.marker.symbol, people.marker.symbol) == ("circle", "circle-open")
        assert computer.marker.color == theme.accent
        assert list(figure.layout.yaxis.ticktext) == NAMES


def test_the_title_of_an_axis_goes_on_in_a_second_line_before_a_phone_cuts_it() -> None:
    figure = charts.side_by_side(["a"], (), "Nombradas como dice la etiqueta (%)")
    assert figure.layout.xaxis.title.text == "Nombradas como dice la<br>etiqueta (%)"


def test_empty_bins_are_not_drawn() -> None:
    calibration = cards.quality().calibration
    figure = charts.reliability(calibration, "sure", "right", "perfect")
    assert len(figure.data[1].x) == sum(1 for one in calibration.bins if one.faces) == 14


def test_each_cell_of_a_confusion_matrix_carries_its_share_of_the_row() -> None:
    figure = charts.confusions(cards.MATRIX, NAMES, "label", "answer")
    assert len(figure.layout.annotations) == 49
    first = figure.layout.annotations[0]
    assert first.text == f"{100 * 323 / 491:.0f}"
    assert figure.data[0].hovertext[0][2] == "angry → fear: 46"


def test_curves_wear_the_emotions_colours_and_chance_is_dashed() -> None:
    card = cards.card()
    figure = charts.roc(card.curves, NAMES, ("false", "true", "chance"), False)
    assert [line.line.color for line in figure.data[:7]] == [LIGHT.emotions[emotion] for emotion in Emotion]
    assert figure.data[7].line.dash == "dash"
    assert list(charts.precision_recall(card.curves, NAMES, ("r", "p"), False).data[0].x)[-1] == 100


def test_an_epoch_without_validation_leaves_no_point() -> None:
    history = cards.card().history
    figure = charts.training(history, ("learns", "does not"), ("epoch", "%"))
    assert [len(line.x) for line in figure.data] == [76, 76]
    assert charts.training((), ("learns", "does not"), ("epoch", "%")).data == ()
