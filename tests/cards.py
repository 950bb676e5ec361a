"""Cards as networks really have them, made from a confusion matrix: what pages show needs no training."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.domain.emotions import Emotion
from core.domain.network.card import Card, Epoch, Published, Reproduced, Setup, TrainingRun
from core.domain.network.crowd import People
from core.domain.network.quality import Bin, Calibration, ClassQuality, Crowd, Curves, Quality, Share
from core.domain.statistics.metrics import wilson

WORDS = tuple(emotion.word for emotion in Emotion)
EIGHT = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")
FACES = (491, 55, 528, 879, 594, 416, 626)
MATRIX = (
    (323, 4, 46, 12, 50, 4, 52),
    (14, 35, 4, 1, 0, 0, 1),
    (68, 3, 265, 13, 82, 48, 49),
    (17, 1, 15, 784, 12, 16, 34),
    (59, 0, 63, 17, 335, 6, 114),
    (13, 1, 40, 23, 5, 328, 6),
    (31, 1, 31, 25, 67, 11, 460),
)


def quality(
    names: Sequence[str] = WORDS, matrix: Sequence[Sequence[int]] | NDArray[np.int_] = MATRIX, error: float = 0.027
) -> Quality:
    counts = np.array(matrix)
    right, faces = int(counts.trace()), int(counts.sum())
    classes = tuple(_class(name, counts, place) for place, name in enumerate(names))
    bins = tuple(Bin(20 * i, (i + 0.5) / 15, min(1.0, (i + 0.1 + 0.4 * (i % 2)) / 15)) for i in range(15))
    return Quality(
        faces=faces,
        right=right,
        accuracy=right / faces,
        interval=wilson(right, faces),
        macro_f1=float(np.mean([one.f1 for one in classes])),
        macro_f1_interval=(0.66, 0.71),
        kappa=0.64,
        classes=classes,
        matrix=tuple(tuple(map(int, row)) for row in counts),
        calibration=Calibration(error, (error - 0.008, error + 0.012), bins),
        uncalibrated=Calibration(error + 0.02, (error + 0.01, error + 0.03), bins),
        perfect=0.016,
        perfect_range=(0.008, 0.025),
    )


def _class(name: str, counts: np.ndarray, i: int) -> ClassQuality:
    hits, meant, said, total = (int(x) for x in (counts[i, i], counts[i].sum(), counts[:, i].sum(), counts.sum()))
    precision, recall = hits / max(said, 1), hits / max(meant, 1)
    return ClassQuality(
        name=name,
        faces=meant,
        precision=precision,
        recall=recall,
        specificity=1 - (said - hits) / (total - meant),
        f1=2 * precision * recall / (precision + recall) if hits else 0.0,
        accuracy=1 - (said + meant - 2 * hits) / total,
        precision_interval=wilson(hits, max(said, 1)),
        recall_interval=wilson(hits, max(meant, 1)),
        average_precision=0.7,
        auc=0.91,
    )


def card(key: str = "compact", kind: str = "ours", **changes: object) -> Card:
    """The card of a network of ours; `changes` replace its fields."""
    steps = np.linspace(0, 1, 21)
    made = Card(
        key=key,
        title="Ours, small" if kind == "ours" else key,
        kind=kind,
        version="1",
        date="2026-11-21",
        paper="" if kind == "ours" else "Surya & Liu 2023",
        published=None,
        setup=Setup(
            WORDS, "Training to learn from", 128, 80, 76, "AdamW", "shift, turn, flip", "", "float32", 1, 1, (), ""
        ),
        runs=(TrainingRun(1, 76, 66, 0.705),),
        reproduced=Reproduced(0.705, (0.69, 0.72)),
        data=("FER-2013, Training: 28,709 photographs with their published labels",),
        tuned_on=("FER-2013, PublicTest: the epoch and the temperature were chosen on it",),
        limits=("It names the expression in a picture, not what a person feels; no diagnosis.",),
        learnt="28,709 faces",
        parameters=844_654,
        sha256="c" * 64,
        size=1_696_920,
        weights="float16",
        temperature=1.13,
        crowd_temperature=None,
        largest_difference=0.0047,
        split="PrivateTest",
        quality={"PrivateTest": quality(), "PublicTest": quality(error=0.014)},
        crowd=(Crowd("most people's answer", quality(EIGHT, np.eye(8, dtype=int) * 80 + 5)),),
        served=(
            *(Share("intensity", f"{i} %", 288, min(288, 40 + 3 * i), (0.1, 0.9)) for i in (20, 40, 60, 80, 100)),
            *(Share("emotion", word, 48, 45, (0.83, 0.98)) for word in WORDS),
            Share("skin", "light", 870, 774, (0.87, 0.91)),
            Share("skin", "dark", 570, 484, (0.82, 0.88)),
            Share("sex", "women", 720, 640, (0.86, 0.91)),
            Share("sex", "men", 720, 625, (0.84, 0.89)),
        ),
        twin="",
        software={"python": "3.11", "keras": "3.15"},
        history=tuple(
            Epoch(n, 1.8 / n**0.3, 0.3 + 0.1 * n**0.35, 0.3 + 0.09 * n**0.33, 1.9 / n**0.2, 60.0) for n in range(1, 77)
        ),
        curves=tuple(
            Curves(
                word,
                tuple((round(float(x), 3), round(float(1 - 0.6 * x**2), 3)) for x in steps),
                tuple((round(float(x), 3), round(float(x**0.3), 3)) for x in steps),
            )
            for word in WORDS
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def paper(key: str = "surya2023", **changes: object) -> Card:
    """The card of a paper's network whose file does not ship."""
    published = Published(
        0.6824, "PrivateTest", None, None, (0.5, 1.2), {"recall": (0.603, 0.418, 0.405, 0.911, 0.598, 0.776, 0.698)}, ""
    )
    less = {"published": published, "sha256": "", "crowd": (), "served": (), "title": "Surya & Liu"}
    return card(key, "paper", **{**less, **changes})


def people() -> People:
    rows = np.array(MATRIX) * 9
    distribution: dict[str, tuple[int, ...]] = {
        "Training": (3995, 436, 4097, 7215, 4830, 3171, 4965),
        "PrivateTest": FACES,
    }
    return People(
        "PrivateTest",
        3589,
        "all votes for one of the seven",
        tuple(tuple(map(int, r)) for r in rows),
        (90,) * 7,
        distribution,
    )
