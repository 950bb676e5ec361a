"""The rows of the tables that the bench prints."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


class BenchRow(Protocol):
    """One line of a table."""

    def cells(self) -> dict[str, str]:
        """What is in it, by column."""


@dataclass(frozen=True)
class BenchFigure:
    """One figure of the product beside its baseline, both with their unit."""

    name: str
    product: str
    baseline: str
    ratio: str
    target: str

    def cells(self) -> dict[str, str]:
        return {
            "figure": self.name,
            "product": self.product,
            "baseline": self.baseline,
            "ratio": self.ratio,
            "target": self.target,
        }


def lines(rows: Iterable[BenchRow]) -> Iterator[str]:
    """A table in Markdown, each line as soon as its row is there."""
    for i, row in enumerate(rows):
        cells = row.cells()
        if i == 0:
            yield f"| {' | '.join(cells)} |"
            yield "|---" * len(cells) + "|"
        yield f"| {' | '.join(cells.values())} |"


def table(rows: Iterable[BenchRow]) -> str:
    """All lines of it."""
    return "\n".join(lines(rows))
