"""Registry of the exercises: every folder here is one, and has its Task as TASK in task.py."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from core.tasks.task import Task


@cache
def tasks() -> dict[str, Task]:
    """Every task by its name."""
    folders = sorted(module.name for module in iter_modules(__path__) if module.ispkg)
    found: list[Task] = [import_module(f"core.tasks.{folder}.task").TASK for folder in folders]
    return {task.name: task for task in found}
