"""Plain arrays of a run: its weights, by layer, and what is known of it, in one file of NumPy's, small enough to be
brought back from a machine that is lent."""

import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

PROGRESS = "progress"
"""The member that tells of the run."""
NO_ARRAYS = (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile, zlib.error)
"""What reading raises of a file that is none of ours, or not all of it."""


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Replace `path` in one step. Raises OSError; the file that was there stays then."""
    partial = path.with_suffix(".partial")
    try:
        with partial.open("wb") as file:
            np.savez(file, **arrays)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def write_run(path: Path, run: Mapping[str, Any], model: "keras.Model | None") -> None:
    """Replace `path` by what is known of a run and the weights of its network. Raises OSError."""
    layers = model.layers if model is not None else ()
    write_arrays(path, {PROGRESS: np.array(json.dumps(run)), **dict(one for each in layers for one in _of_layer(each))})


def run_in(path: Path) -> dict[str, Any] | None:
    """What is known of the run in `path`; None where `write_run` did not write that."""
    try:
        with path.open("rb") as file, np.load(file) as arrays:
            run = json.loads(str(arrays[PROGRESS][()]))
    except NO_ARRAYS:
        return None
    return run if isinstance(run, dict) and run.keys() == {"progress", "layers"} else None


def load_arrays(path: Path, model: "keras.Model") -> None:
    """Put the weights in `path` into a network of the same layers. Raises OSError, ValueError or KeyError."""
    with path.open("rb") as file, np.load(file) as arrays:
        for layer in model.layers:
            layer.set_weights([arrays[name] for name, _ in _of_layer(layer)])


def _of_layer(layer: Any) -> list[tuple[str, NDArray[Any]]]:
    return [(f"{layer.name}:{place}", weights) for place, weights in enumerate(layer.get_weights())]
