"""A network that looks at a face and at its mirror image."""

from dataclasses import replace

import numpy as np
import pytest

from core.training.export import LiteRtNetwork, convert
from core.training.loop import rate_many
from core.training.networks.mirror import answering, mirrored
from core.training.networks.registry import protocol

FACES = np.random.default_rng(0).integers(0, 256, (6, 48, 48)).astype(np.uint8)
IMAGES = np.ascontiguousarray(FACES[:, :, ::-1])


def test_each_logit_is_the_mean_of_both_and_the_same_for_both() -> None:
    model = protocol("quick").build()
    both = mirrored(model)
    seen, image, once, turned = (rate_many(one, some) for one in (both, model) for some in (FACES, IMAGES))
    assert set(seen) == {"label", "crowd"}
    for head, logits in seen.items():
        assert logits == pytest.approx((once[head] + turned[head]) / 2, abs=1e-4)
        assert logits == pytest.approx(image[head], abs=1e-4)
    assert both.count_params() == model.count_params()


def test_a_protocol_says_whether() -> None:
    plan = protocol("quick")
    model = plan.build()
    assert answering(plan, model) is model
    assert answering(replace(plan, mirrored=True), model) is not model
    assert protocol("compact").mirrored


def test_its_file_answers_alike_and_its_maps_are_the_evidence_where_it_stands() -> None:
    both = mirrored(protocol("quick").build())
    file = LiteRtNetwork(convert(both, 1.0, 1.0), "quick")
    for face, image, logits in zip(FACES, IMAGES, rate_many(both, FACES)["label"], strict=True):
        maps = file.run(face)["maps"]
        small = 5e-3 * float(np.abs(maps).max())
        assert maps.mean((0, 1)) == pytest.approx(logits, abs=small)
        assert maps == pytest.approx(file.run(image)["maps"][:, ::-1], abs=small)
