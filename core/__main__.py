"""Every command of the product: python -m core COMMAND."""

import argparse
import importlib
import os
import pkgutil
import sys

from core import commands
from core.install import InstallError


def main() -> int:
    """Find the command modules, parse the command line and run the one asked for.

    Only that one is imported where the first word names it: a server need not load what trains networks.
    """
    os.umask(0o077)  # what a command writes is its owner's alone
    parser = argparse.ArgumentParser(prog="python -m core", description=__doc__)
    shelf = parser.add_subparsers(metavar="COMMAND", required=True)
    names = [found.name for found in pkgutil.iter_modules(commands.__path__)]
    asked = sys.argv[1].replace("-", "_") if len(sys.argv) > 1 else ""
    for name in [asked] if asked in names else names:
        module = importlib.import_module(f"core.commands.{name}")
        summary = (module.__doc__ or "").strip().splitlines()[0]
        command = shelf.add_parser(
            name.replace("_", "-"),
            help=summary,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.configure(command)
        command.set_defaults(run=module.run)
    options = parser.parse_args()
    try:
        status = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads the output, `head` for example, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except InstallError as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:
        if (said := _in_words(error)) is None:
            raise
        print(f"\n{said}", file=sys.stderr)
        return 1
    return status


def _in_words(error: Exception) -> str | None:
    """A sentence for what no command is at fault for: a database that is damaged, busy or away. None for all else."""
    from core.config import settings
    from core.domain.people import Refusal
    from core.storage.damage import explain
    from core.storage.engines import parse

    return str(error) if isinstance(error, Refusal) else explain(error, parse(settings().database_url))


if __name__ == "__main__":
    sys.exit(main())
