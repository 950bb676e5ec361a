"""Syntax trees of our files."""

import ast
import gc
from pathlib import Path


def syntax(path: Path) -> ast.Module:
    """The tree of a Python file, parsed while no garbage is collected.

    Before Python 3.11.8, parsing fails at times if a collection lets another thread parse meanwhile: CPython gh-106905.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    finally:
        if collects:
            gc.enable()
