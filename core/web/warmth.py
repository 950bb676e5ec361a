"""Warm-up: what a server imports ahead of its visitors, so that they need not wait for it."""

import gc
import inspect
from importlib import import_module
from threading import Timer

FIRST = ("PIL.Image", "core.services.exercise.recognition", "core.tasks.recognition.feedback")
"""What the first pages need; imported while the first visitor's browser still loads scripts."""
LATER = ("pandas", "pyarrow", "plotly.graph_objects", "core.services.clinic.record")
"""What results and charts need; imported once the first pages are served."""
LATER_AFTER = 10.0  # seconds


def warm_up() -> None:
    """Import FIRST now and LATER a little later, beside what the server does."""
    for delay, modules in ((0.0, FIRST), (LATER_AFTER, LATER)):
        timer = Timer(delay, import_and_freeze, [modules])
        timer.daemon = True
        timer.start()


def import_and_freeze(modules: tuple[str, ...]) -> None:
    """Import `modules` and take them, and all that is here, out of the garbage collector's sight.

    Streamlit collects garbage after each run of a script, while the answer to a click waits to be sent: looking
    through every module each time more than doubles that wait. It also looks at the call stack at its first element,
    and the first such look reads where every module lies.
    """
    for name in modules:
        import_module(name)
    inspect.stack()
    gc.collect()
    gc.freeze()
