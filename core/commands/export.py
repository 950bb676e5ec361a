"""Export what people who agreed to research did: trials, BIDS and Psych-DS, dictionary, FHIR; blinded.

    python -m core export --out DIR|ZIP [--study NAME] [--series NAME] [--from DAY] [--to DAY] [--task TASK …]
                          [--set NAME …]

A name that ends with .zip becomes one zip, any other a folder. With --key FILE the codes behind the pseudonyms are
written instead, as CSV, which is un-blinding: it needs --reason, and the audit log keeps both. --participant NAME
(more than once) for single ones, also of people who left; without it all whom an export would hold now. --arms FILE
writes their arms, which an export withholds while the study enrols: an un-blinding of its own.

Days are days since each person's own first run, which is day 0. Exports of one study and one series have the same
pseudonyms. What somebody did in the last days is not in it yet, for up to four weeks.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.storage.database import Store


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="DIR|ZIP", help="where to; must be free")
    parser.add_argument("--study", metavar="NAME", help="only people of this study, from enrolment to withdrawal")
    parser.add_argument("--series", default="", metavar="NAME", help="another name gives other pseudonyms")
    parser.add_argument("--from", dest="first", type=int, metavar="DAY", help="since a person's first run, included")
    parser.add_argument("--to", dest="last", type=int, metavar="DAY", help="since a person's first run, included")
    parser.add_argument("--task", action="append", metavar="TASK", help="an exercise; default: all")
    parser.add_argument("--set", action="append", dest="sets", metavar="NAME", help="a set of faces; default: all")
    parser.add_argument("--key", type=Path, metavar="FILE", help="write the codes behind the pseudonyms instead")
    parser.add_argument("--arms", type=Path, metavar="FILE", help="write the arms behind the pseudonyms instead")
    parser.add_argument("--participant", action="append", metavar="NAME", help="with --key or --arms: only this one")
    parser.add_argument("--reason", default="", help="with --key or --arms: why it is needed")


def run(options: argparse.Namespace) -> int:
    if options.participant and options.out is not None:
        sys.exit("--participant goes with --key FILE or --arms FILE.")
    if [options.out, options.key, options.arms].count(None) != 2:
        sys.exit("Expected --out DIR|ZIP for an export, or --key FILE or --arms FILE for the codes or arms behind one.")
    from core.config import settings
    from core.domain.exercise.selection import Selection
    from core.domain.people import Refusal
    from core.services.research.export import export_by_command
    from core.services.research.unblinding import arms_by_command, key_by_command
    from core.storage.database import Store

    store = Store(settings().database_url)
    try:
        selection = Selection(
            study=_study(store, options.study),
            first_day=options.first,
            last_day=options.last,
            tasks=_tasks(options.task),
            sets=tuple(options.sets or ()),
            series=options.series.strip(),
        )
        whom = options.participant or selection
        if options.key is not None:
            people = key_by_command(store, whom, options.key, options.reason)
            print(f"{options.key}: the codes of {people} people. Keep it apart from the export.")
            return 0
        if options.arms is not None:
            people = arms_by_command(store, whom, options.arms, options.reason)
            print(f"{options.arms}: {people} parts in a study with their arms. Keep it apart from the export.")
            return 0
        counts = export_by_command(store, selection, options.out, _told)
    except (Refusal, ValueError, OSError) as error:
        print(f"\nNothing was written. {error}", file=sys.stderr)
        return 1
    finally:
        store.close()
    print(f"\r{options.out}: {counts.trials:,} trials of {counts.people} people in {counts.sessions:,} sittings.")
    if counts.beyond_redcap:
        print(f"REDCap has no number for {counts.beyond_redcap:,} of them; they are in the other files only.")
    return 0


def _tasks(names: list[str] | None) -> tuple[str, ...]:
    from core.tasks import tasks

    for name in names or ():
        if name not in tasks():
            raise ValueError(f"--task is {name!r}; expected {', '.join(tasks())}.")
    return tuple(names or ())


def _study(store: "Store", name: str | None) -> str | None:
    from core.storage.queries.study_queries import with_name

    if name is None:
        return None
    with store.begin() as db:
        study = with_name(db, name)
        if study is None:
            raise ValueError(f"There is no study called {name!r}.")
        return study.id


def _told(rows: int) -> bool:
    if sys.stderr.isatty():
        print(f"\r{rows:,} trials", end="", file=sys.stderr, flush=True)
    return True
