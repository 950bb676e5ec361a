"""Print every stored network: published and reproduced accuracy, the difference, what of the protocol was run.

--write brings the README's block on the networks up to date with the cards.
"""

import argparse
import sys

BEGIN, END = "<!-- network:begin -->\n", "<!-- network:end -->"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", action="store_true", help="write README.md")


def run(options: argparse.Namespace) -> int:
    from core.config import ROOT
    from core.training.report import table
    from core.vision.card import read_cards

    try:
        print(table(read_cards()))
        if options.write:
            readme = ROOT / "README.md"
            text = readme.read_text(encoding="utf-8")
            readme.write_text(with_block(text, block()), encoding="utf-8")
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def block() -> str:
    """The README's block as the stored cards have it."""
    from core.training.report import as_markdown
    from core.vision.card import read_cards
    from core.vision.shipped import DEFAULT

    return as_markdown(read_cards(), DEFAULT.name)


def with_block(readme: str, block: str) -> str:
    """`readme` with `block` between its two marks; raises ValueError where they are missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md lacks {BEGIN.strip()} or {END}: put both back where the networks belong")
    return f"{before}{BEGIN}{block}\n{END}{after}"
