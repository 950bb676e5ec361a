"""Print every stored network: published and reproduced accuracy, the difference, what of the protocol was run.

--write brings the tables of docs/networks.md up to date with the cards.
"""

import argparse
import sys

PAGE = "docs/networks.md"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", action="store_true", help=f"write {PAGE}")


def run(options: argparse.Namespace) -> int:
    from core.config import ROOT
    from core.training.report import table
    from core.vision.card import read_cards

    try:
        print(table(read_cards()))
        if options.write:
            page = ROOT / PAGE
            text = page.read_text(encoding="utf-8")
            page.write_text(with_block(text, "network", block()), encoding="utf-8")
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def block() -> str:
    """The tables as the stored cards have them, in Markdown."""
    from core.training.report import as_markdown
    from core.vision.card import read_cards
    from core.vision.shipped import DEFAULT

    return as_markdown(read_cards(), DEFAULT.name)


def with_block(page: str, name: str, block: str) -> str:
    """The Markdown `page` with `block` between its marks `<!-- name:begin -->` and `<!-- name:end -->`.

    Raises ValueError where one of them is missing.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"The page lacks {begin} or {end}: put both back where the table belongs")
    return f"{before}{begin}\n{block}\n{end}{after}"
