"""The thirteen published networks and ours: their shapes and sizes, and that each learns from its own kind of faces."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.training.checkpoint import BEST
from core.training.evaluate import softmax
from core.training.export import LiteRtNetwork, convert
from core.training.loop import train
from core.training.networks.ours import FEATURES
from core.training.networks.papers import PAPERS
from core.training.networks.registry import NETWORKS, protocol
from core.training.networks.teachers import TEACHERS
from core.training.protocol import Protocol
from tests.training.tiny import bars

PARAMETERS = {
    "compact": 844_815,
    "quick": 219_775,
    "excited": 11_274_055,
    "wide": 10_970_847,
    "attentive": 9_020_935,
    "trejo2022_1": 591_463,
    "trejo2022_2": 241_159,
    "surya2023": 2_329_031,
    "neamtiu2023": 2_345_607,
    "jaramillo2023_1": 684_294,
    "jaramillo2023_2": 9_504_102,
    "jaramillo2023_3": 18_943_078,
    "jaramillo2023_4": 18_943_078,
    "jaramillo2023_5": 18_943_078,
    "jaramillo2023_6": 18_943_078,
    "sharmila2023_alexnet": 4_927_492,
    "sharmila2023_lenet": 5_406_776,
    "sharmila2023_manuelnet": 898_916,
}


def test_there_are_thirteen_published_networks() -> None:
    assert len(PAPERS) == 13
    assert set(NETWORKS) == set(PARAMETERS)


@pytest.mark.parametrize("key", NETWORKS)
def test_a_network_has_its_size_and_one_answer_for_each_emotion(key: str) -> None:
    model = protocol(key).build()
    assert model.count_params() == PARAMETERS[key]
    assert model.input_shape == (None, 48, 48, 1)
    assert model.output["label"].shape[-1] == len(protocol(key).emotions)


@pytest.mark.parametrize(
    "key", [key if key == "quick" else pytest.param(key, marks=pytest.mark.slow) for key in NETWORKS]
)
def test_a_network_learns_for_a_few_steps(key: str, tmp_path: Path) -> None:
    plan = replace(protocol(key), batch=4)
    faces = bars(14).only(plan.emotions)
    learnt = faces.faces(faces.unvoted() if plan.crowd else None)
    progress = train(plan, learnt, bars(7).only(plan.emotions).faces(), tmp_path, epochs=1)
    assert math.isfinite(progress.history[0]["loss"])
    assert (tmp_path / BEST).exists()


@pytest.mark.slow
@pytest.mark.parametrize("key", NETWORKS)
def test_a_layer_with_weights_has_a_name_that_does_not_depend_on_what_was_built_before(key: str) -> None:
    first, second = ([layer.name for layer in protocol(key).build().layers if layer.weights] for _ in range(2))
    assert first == second


@pytest.mark.parametrize("plan", TEACHERS, ids=lambda plan: plan.key)
def test_a_teacher_has_at_most_twelve_million_weights_two_heads_and_maps_that_its_answer_is_the_mean_of(
    plan: Protocol,
) -> None:
    import keras

    model = plan.build()
    assert model.count_params() <= 12e6
    assert {head: one.shape[-1] for head, one in model.output.items()} == {"label": 7, "crowd": 8}
    assert (plan.crowd, plan.cosine) == (True, True)
    assert plan.mixing is not None
    assert "mixup 0.2 or CutMix 1" in plan.augmentation
    maps = keras.Model(model.inputs[0], model.get_layer(FEATURES).output)(bars(2).pictures[..., None])
    assert maps.shape == (2, 6, 6, model.get_layer("label").get_weights()[0].shape[0])
    kernel, bias = model.get_layer("label").get_weights()
    expected = np.asarray(maps).mean(axis=(1, 2)) @ kernel + bias
    np.testing.assert_allclose(model(bars(2).pictures[..., None])["label"], expected, rtol=1e-3, atol=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("plan", TEACHERS, ids=lambda plan: plan.key)
def test_a_teacher_becomes_a_file_that_answers_as_it_does(plan: Protocol) -> None:
    model, pictures = plan.build(), bars(2).pictures
    said = LiteRtNetwork(convert(model, 1.0, 1.0), plan.key).rate(pictures)
    for head, shares in said.items():
        np.testing.assert_allclose(shares, softmax(np.asarray(model(pictures[..., None])[head])), atol=0.02)


@pytest.mark.parametrize("plan", PAPERS, ids=lambda plan: plan.key)
def test_a_published_network_tells_its_paper_and_where_that_is_silent(plan: Protocol) -> None:
    assert plan.paper
    assert plan.published is not None
    assert plan.silent


def test_an_unknown_network_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match=r"unknown network 'vgg': expected one of attentive, compact, .* wide"):
        protocol("vgg")
