"""Which tests share a worker of pytest-xdist."""

import os
from collections.abc import Iterator

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

CORES = min(os.cpu_count() or 1, 4)
_TOGETHER = {"training", "clinic", "clinician"}
"""Folders whose tests share what is dear to make: one worker runs them all. Elsewhere it runs a file."""
_APART = {"test_every_page.py"}
"""Long files whose tests share nothing but what every worker has: any worker runs any of them."""
_WAITING = {"test_conditions.py", "test_firefox.py", "test_line.py", "test_line_away.py", "test_no_socket.py"}
"""Long files that mostly wait: a third of a core on the average."""


class TogetherScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Tests that one worker runs one after the other. A worker beyond one a core has tests that mostly wait, alone."""

    def _split_scope(self, nodeid: str) -> str:
        path, _, _ = nodeid.partition("::")
        *folders, file = path.split("/")
        shared = next((place for place, name in enumerate(folders, 1) if name in _TOGETHER), 0)
        return nodeid if file in _APART else "/".join(folders[:shared]) or path

    def _assign_work_unit(self, node: WorkerController) -> None:
        beyond = len(self.nodes) > CORES and node is self.nodes[-1]
        scope = next(self._left(waiting=beyond), None)
        if scope is None and not beyond:
            scope = next(self._left(waiting=True))
        if scope is None:
            node.shutdown()
            return
        self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)

    def _left(self, *, waiting: bool) -> Iterator[str]:
        return (scope for scope in self.workqueue if (scope.rpartition("/")[2] in _WAITING) is waiting)
