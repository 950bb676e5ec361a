"""Checks in an export: one row each with its score, and with what the block of checks it is in says of change."""

from collections.abc import Iterable, Mapping, Sequence

from core.domain.columns import Column, ColumnType
from core.domain.exercise.plan import ChangeRule
from core.domain.statistics.change import VerdictKind
from core.domain.statistics.metrics import wilson
from core.export.cells import csv, writers
from core.export.columns import DAYS, GAPS, PARTS, withheld
from core.export.dataset import ExportedChange, ExportedScore
from core.export.dictionary import dictionary
from core.export.package import Package

CSV = "data/study-lexithymia_description-checks_data.csv"
DICTIONARY = "documentation/checks.csv"
_VERDICTS = {
    VerdictKind.BETTER.value: "z is above the limit",
    VerdictKind.WORSE.value: "z is below minus the limit",
    VerdictKind.CANNOT_TELL.value: "neither, and the checks of the end are still to come",
    VerdictKind.COULD_NOT_TELL.value: "neither, and all checks are made",
    VerdictKind.NO_ROOM.value: "the baseline is 90 % or more",
}

COLUMNS = (
    Column("row_id", ColumnType.TEXT, "person and block"),
    Column("participant_id", ColumnType.TEXT, "the person, by the pseudonym of this export"),
    Column("block", ColumnType.WHOLE, "as in the trials"),
    Column("block_day", ColumnType.WHOLE, "day of the check", DAYS, quasi=GAPS),
    Column("check_measure", ColumnType.TEXT, "what was measured"),
    Column("blueprint", ColumnType.TEXT, withheld("SHA-256 of all that two checks must share to be compared")),
    Column("course_part", ColumnType.TEXT, withheld("part of a course of checks in blocks"), levels=PARTS),
    Column("course_phase", ColumnType.WHOLE, withheld("phase of that course, from 1")),
    Column("check_shown", ColumnType.WHOLE, "faces that count"),
    Column("check_right", ColumnType.WHOLE, "of them those named, or shown, as meant"),
    Column("check_share", ColumnType.NUMBER, "share named as meant"),
    Column("check_low", ColumnType.NUMBER, "lower end of Wilson's 95 % interval of this check alone"),
    Column("check_high", ColumnType.NUMBER, "upper end"),
    Column(
        "change_rule",
        ColumnType.TEXT,
        withheld("the rule by which change is found"),
        levels={
            ChangeRule.BLOCKS.value: "a block of checks against the block before training; the columns below",
            ChangeRule.LATEST.value: "the latest check against the first two; to be found from the rows",
        },
    ),
    Column(
        "change_verdict",
        ColumnType.TEXT,
        "what this check's block says against change_against; n/a: a baseline, not over, or checks of it are not here",
        levels=_VERDICTS,
    ),
    Column("change_day", ColumnType.WHOLE, "day of the verdict, which stays", DAYS, quasi=GAPS),
    Column("change_before", ColumnType.NUMBER, "mean share of the checks of change_against"),
    Column("change_after", ColumnType.NUMBER, "mean share of this block's checks"),
    Column("change_gain", ColumnType.NUMBER, "after minus before"),
    Column("change_low", ColumnType.NUMBER, "gain minus change_limit_better times change_se"),
    Column("change_high", ColumnType.NUMBER, "gain plus change_limit_worse times change_se"),
    Column("change_se", ColumnType.NUMBER, "standard error of the gain: a moderated t (Smyth 2004)"),
    Column("change_z", ColumnType.NUMBER, "gain over its standard error"),
    Column("change_limit_better", ColumnType.NUMBER, "of z, simulated for the checks that were made (seed 0)"),
    Column("change_limit_worse", ColumnType.NUMBER, "the same for a loss"),
    Column("change_day_sd", ColumnType.NUMBER, "of the person from day to day", "logit"),
    Column("change_days_before", ColumnType.WHOLE, "checks of change_against, each on a day of its own"),
    Column("change_days_after", ColumnType.WHOLE, "checks of this block"),
    Column("change_faces_before", ColumnType.WHOLE, "faces of change_against"),
    Column("change_faces_after", ColumnType.WHOLE, "faces of this block"),
    Column(
        "change_against",
        ColumnType.TEXT,
        "the part with which this block is compared",
        levels={"baseline": "that before training", "end": "that of the end of training: this is a follow-up"},
    ),
    Column(
        "still_verdict",
        ColumnType.TEXT,
        "of a follow-up against the baseline; n/a also where the training was not called better, and nothing is asked",
        levels=_VERDICTS,
    ),
    Column("still_gain", ColumnType.NUMBER, "mean share of the follow-up minus that of the baseline's checks"),
    Column("still_low", ColumnType.NUMBER, "as change_low"),
    Column("still_high", ColumnType.NUMBER, "as change_high"),
    Column("still_z", ColumnType.NUMBER, "as change_z"),
    Column("still_limit_better", ColumnType.NUMBER, "as change_limit_better"),
    Column("still_limit_worse", ColumnType.NUMBER, "as change_limit_worse"),
)


def told(changes: Iterable[ExportedChange], scores: Sequence[ExportedScore]) -> list[ExportedChange]:
    """Those of whose checks every one is here, with its blueprint."""
    here = {score.block for score in scores if score.blueprint}
    return [change for change in changes if here >= {*change.before, *change.after}]


def add_checks(package: Package, scores: Sequence[ExportedScore], changes: Sequence[ExportedChange]) -> None:
    """The table and its dictionary; nothing where there is no check. `scores`: in order of people and blocks."""
    if not scores:
        return
    first = {(change.participant, change.phase, change.part): change for change in reversed(changes)}
    by_block = {(change.participant, block): change for change in first.values() for block in change.after}
    still = {
        (change.participant, block): change
        for change in changes
        for block in change.after
        if change is not first[change.participant, change.phase, change.part]
    }
    write = writers(COLUMNS)
    rows = [_row(score, by_block, still) for score in scores]
    cells = [[one(value) for one, value in zip(write, row, strict=True)] for row in rows]
    package.add(CSV, "".join(csv(row) for row in [[column.name for column in COLUMNS], *cells]))
    package.add(DICTIONARY, dictionary(COLUMNS))


def _row(
    score: ExportedScore,
    by_block: Mapping[tuple[str, int], ExportedChange],
    still: Mapping[tuple[str, int], ExportedChange],
) -> list[object]:
    change, later = (found.get((score.participant, score.block)) for found in (by_block, still))
    return [
        f"{score.participant}-{score.block}",
        f"sub-{score.participant}",
        score.block,
        score.day,
        score.measure[1],
        score.blueprint,
        score.part,
        score.phase,
        score.shown,
        score.right,
        score.right / score.shown,
        *wilson(score.right, score.shown),
        (ChangeRule.BLOCKS if score.part else ChangeRule.LATEST).value if score.blueprint else None,
        *(_found(change) if change else [None] * 17),
        *(_still(later) if later else [None] * 7),
    ]


def _found(change: ExportedChange) -> list[object]:
    found = change.verdict
    return [
        found.kind.value,
        change.day,
        found.before,
        found.after,
        found.gain,
        *found.interval,
        found.se,
        found.z,
        found.limits.better,
        found.limits.worse,
        found.day_sd,
        found.days_before,
        found.days_after,
        found.faces_before,
        found.faces_after,
        change.against,
    ]


def _still(change: ExportedChange) -> list[object]:
    found = change.verdict
    return [
        found.kind.value,
        found.gain,
        *found.interval,
        found.z,
        found.limits.better,
        found.limits.worse,
    ]
