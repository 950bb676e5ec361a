"""One line of a table that make bench prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BenchFigure:
    """What, the product, the baseline (both with unit), their ratio, and what was aimed at."""

    name: str
    product: str
    baseline: str
    ratio: str
    target: str


def table(figures: list[BenchFigure]) -> str:
    lines = ["| figure | product | baseline | ratio | target |", "|---|---|---|---|---|"]
    lines += [f"| {f.name} | {f.product} | {f.baseline} | {f.ratio} | {f.target} |" for f in figures]
    return "\n".join(lines)
