"""Mistakes of a manifest or a folder: all kinds in one report, of each the first and how many."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from core.domain.language import Sentence, ToldError, sentences, to_json
from core.stimuli.records import StimulusError


class SeveralMistakes(StimulusError):
    """What is to be mended, a line for each kind."""

    def __init__(self, *lines: Sentence) -> None:
        ToldError.__init__(self, *lines)


@dataclass
class Mistakes:
    """What was found so far."""

    _first: dict[str, StimulusError] = field(default_factory=dict)
    _count: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, error: StimulusError) -> None:
        self._first.setdefault(kind, error)
        self._count[kind] = self._count.get(kind, 0) + 1

    @property
    def total(self) -> int:
        return sum(self._count.values())

    @contextmanager
    def of(self, kind: str) -> Iterator[None]:
        """A StimulusError in this block is a mistake of this kind."""
        try:
            yield
        except StimulusError as error:
            self.add(kind, error)

    def refuse(self) -> None:
        """Raise what was found, if anything was."""
        lines = [_counted(line, self._count[kind]) for kind, error in self._first.items() for line in error.lines]
        if lines:
            raise SeveralMistakes(*lines)


def said(error: StimulusError) -> object:
    """A refusal as JSON, for a process that reads for another one."""
    return to_json(error.lines)


def heard(lines: Iterable[object]) -> StimulusError:
    """The refusal that `said` wrote."""
    return SeveralMistakes(*sentences(lines))


def _counted(line: Sentence, count: int) -> Sentence:
    return (
        line
        if count == 1
        else Sentence("{mistake} ({number} like this; this is the first.)", mistake=line, number=count)
    )
