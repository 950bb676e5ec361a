"""List the patients who were not here for some months, and erase them.

    python -m core retention [--months N] [--dry-run] [--yes]

N is RETENTION_MONTHS unless it is given. With --dry-run the list is all; otherwise it asks before it erases.
"""

import argparse
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--months", type=int, metavar="N", help="default: RETENTION_MONTHS")
    parser.add_argument("--dry-run", action="store_true", help="list them, and change nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    from core.commands.erase import erase
    from core.config import settings
    from core.services.privacy.retention import due
    from core.storage.database import Store

    months = settings().retention if options.months is None else options.months
    if months < 1:
        print("Nobody is erased: no time is set. Set RETENTION_MONTHS, or give --months N from 1 on.", file=sys.stderr)
        return 1
    store = Store(settings().database_url)
    expired = due(store, months)
    store.close()
    for patient in expired:
        print(f"{patient.code:24} last here {patient.last:%Y-%m-%d}")
    print(f"{len(expired)} patients were not here within the last {months} months.")
    if options.dry_run or not expired:
        return 0
    if not options.yes and input(f"Type {len(expired)} to erase them: ").strip() != str(len(expired)):
        print("Nothing was erased.", file=sys.stderr)
        return 1
    return erase([patient.code for patient in expired])
