"""How long the shipped network looks at a face."""

import statistics
import time

import numpy as np

from core.vision.rater import load_default

WARM_UP, RATES = 20, 200


def measure_rating() -> float:
    """Median milliseconds a face takes on one core, over 200 rates after a warm-up."""
    rater = load_default()
    faces = np.random.default_rng(0).integers(0, 256, (WARM_UP + RATES, 48, 48)).astype(np.uint8)
    times = []
    for face in faces:
        began = time.perf_counter()
        rater.rate(face)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[WARM_UP:])


if __name__ == "__main__":
    print(f"{measure_rating():.2f} ms a face")
