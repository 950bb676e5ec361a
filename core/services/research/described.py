"""Every task as an export describes it."""

from core.export.dataset import ExportedTask
from core.tasks import tasks


def described() -> tuple[ExportedTask, ...]:
    """In the order of their names."""
    return tuple(
        ExportedTask(task.name, task.about, task.instructions, task.kinds, task.responses, tuple(task.columns))
        for task in tasks().values()
    )
