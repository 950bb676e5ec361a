"""Trial table: one long table as CSV and Parquet, one BIDS file for each run, and REDCap's; row by row, in one pass.

The long table is written beside the package while the runs go into it. Parquet is made of the CSV's own text, chunk by
chunk, so that the two cannot differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from operator import attrgetter
from typing import IO

from core.domain.columns import Column, ColumnType
from core.export.cells import csv, tsv, writers
from core.export.columns import MISSING
from core.export.package import Package
from core.export.records import ExportColumns, RunRecord, TrialRecord
from core.export.redcap import RedcapForm, RedcapWriter

CSV = "data/study-lexithymia_data.csv"
PARQUET = "trials.parquet"
_CHUNK = 20_000


class TrialWriter:
    """Takes runs, and counts rows and those that no score may use. `pictures`: hashes of the faces to go along, by
    file; `tasks`: names of those that there are runs of."""

    def __init__(
        self, package: Package, columns: ExportColumns, table: IO[bytes], parquet: "_Parquet", redcap: RedcapWriter
    ) -> None:
        self._package, self._table, self._parquet, self._redcap = package, table, parquet, redcap
        self._header = [column.name for column in columns.all]
        self._more = [column.name for column in columns.more]
        self._write_run, self._write_trial = writers(columns.run), writers((*columns.trial, *columns.more))
        self._run = attrgetter(*(column.name for column in columns.run))
        self._trial = attrgetter(*(column.name for column in columns.trial))
        self._lines: list[str] = []
        self.rows = self.excluded = 0
        self.pictures: dict[str, str] = {}
        self.tasks = set[str]()
        self._table.write(csv(self._header).encode())

    @property
    def beyond_redcap(self) -> int:
        return self._redcap.beyond

    def add(self, run: RunRecord, trials: Iterable[TrialRecord], places: range) -> None:
        """Write a run into all of them. `places`: REDCap's instances of the trials of its block."""
        shared = [write(value) for write, value in zip(self._write_run, self._run(run), strict=True)]
        tabbed = [tsv(self._header)]
        self.tasks.add(run.task)
        for trial in trials:
            self.rows += 1
            self.excluded += trial.exclusion is not None
            if trial.stim_file is not None and trial.stimulus_hash is not None:
                self.pictures[trial.stim_file] = trial.stimulus_hash
            values = (*self._trial(trial), *map(trial.more.get, self._more))
            own = [write(value) for write, value in zip(self._write_trial, values, strict=True)]
            cells = [str(self.rows), *shared, *own]
            tabbed.append(tsv(cells))
            self._lines.append(csv(cells))
            self._redcap.trial(cells, places, trial.trial)
        self._package.add(bids_name(run), "".join(tabbed))
        if len(self._lines) >= _CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what waits into the long table."""
        chunk = "".join(self._lines).encode()
        self._lines = []
        self._table.write(chunk)
        self._parquet.add(chunk)


def bids_name(run: RunRecord) -> str:
    stem = f"{run.participant_id}_{run.session_id}_task-{run.task}_run-{run.run:02d}"
    return f"{run.participant_id}/{run.session_id}/beh/{stem}_beh.tsv"


class _Parquet:
    """One Parquet file, a row group for each chunk."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column]) -> None:
        import pyarrow
        from pyarrow import csv as reader
        from pyarrow import parquet

        types = {
            ColumnType.TEXT: pyarrow.string(),
            ColumnType.WHOLE: pyarrow.int64(),
            ColumnType.NUMBER: pyarrow.float64(),
            ColumnType.TRUTH: pyarrow.bool_(),
        }
        schema = pyarrow.schema([(column.name, types[column.type]) for column in columns])
        self._convert = reader.ConvertOptions(
            column_types=schema,
            null_values=[MISSING],
            strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        )
        self._names = reader.ReadOptions(column_names=[column.name for column in columns], use_threads=False)
        self._read, self._buffer = reader.read_csv, pyarrow.BufferReader
        self._writer = parquet.ParquetWriter(file, schema, compression="zstd")

    def add(self, chunk: bytes) -> None:
        if chunk:
            table = self._read(self._buffer(chunk), read_options=self._names, convert_options=self._convert)
            self._writer.write_table(table)

    def close(self) -> None:
        self._writer.close()


@contextmanager
def trial_writer(package: Package, columns: ExportColumns, form: RedcapForm) -> Iterator[TrialWriter]:
    """A writer whose long tables are taken into `package` at the end. `form`: REDCap's of the trials."""
    with ExitStack() as files:
        table = files.enter_context(files.enter_context(package.beside(CSV)).open("wb"))
        typed = files.enter_context(files.enter_context(package.beside(PARQUET)).open("wb"))
        forms = files.enter_context(files.enter_context(package.beside(form.file)).open("wb"))
        parquet = _Parquet(typed, columns.all)
        writer = TrialWriter(package, columns, table, parquet, RedcapWriter(forms, form))
        try:
            yield writer
            writer.flush()
        finally:
            parquet.close()
