"""Plain arrays of a run: its weights, by layer, and what is known of it, in one file of NumPy's, small enough to be
brought back from a machine that is lent."""

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

PROGRESS = "progress"
"""The member that tells of the run."""


def write_arrays(path: Path, run: dict[str, Any], model: "keras.Model | None") -> None:
    """Replace `path` in one step. Raises OSError; the file that was there stays then."""
    arrays: dict[str, Any] = {PROGRESS: np.array(json.dumps(run))}
    if model is not None:
        arrays |= dict(one for layer in model.layers for one in _of_layer(layer))
    partial = path.with_suffix(f".partial{path.suffix}")
    try:
        np.savez(partial, **arrays)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def run_in(path: Path) -> dict[str, Any] | None:
    """What is known of the run in `path`; None where `write_arrays` did not write that."""
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            run = json.loads(str(arrays[PROGRESS][()]))
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None
    return run if isinstance(run, dict) and run.keys() == {"progress", "layers"} else None


def load_arrays(path: Path, model: "keras.Model") -> None:
    """Put the weights in `path` into a network of the same layers. Raises OSError, ValueError or KeyError."""
    with path.open("rb") as file, np.load(file) as arrays:
        for layer in model.layers:
            layer.set_weights([arrays[name] for name, _ in _of_layer(layer)])


def _of_layer(layer: Any) -> list[tuple[str, NDArray[Any]]]:
    return [(f"{layer.name}:{place}", weights) for place, weights in enumerate(layer.get_weights())]
