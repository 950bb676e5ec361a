"""A confusion matrix as a table of exact counts, and what its heat map says."""

import streamlit as st

from core.domain.emotions import Emotion
from core.domain.statistics.metrics import MISSED, Counts
from pages.shared.emotions import label
from pages.shared.words import _


def named(counts: Counts) -> list[list[int]]:
    """The seven emotions and "not sure": what a heat map shows of a 7 × 9 matrix."""
    rows: list[list[int]] = counts[:, :MISSED].tolist()
    return rows


def hover() -> str:
    """What a cell says under the pointer."""
    return _("{target} named {response}: {count} of {shown}")


def counts_table(counts: Counts, rows: str) -> None:
    """All counts of a 7 × 9 matrix, or of one of 7 × 7; `rows` says what a row is."""
    columns = [*(label(emotion) for emotion in Emotion), _("not sure"), _("missed")]
    st.table(
        [
            {rows: label(emotion), **dict(zip(columns, map(str, row), strict=False))}
            for emotion, row in zip(Emotion, counts.tolist(), strict=True)
        ]
    )
