"""Which tests share a worker of pytest-xdist."""

from xdist.scheduler import LoadScopeScheduling

_TOGETHER = {"training", "clinic", "clinician"}
"""Folders whose tests share what is dear to make: one worker runs them all. Elsewhere it runs a file."""
_APART = {"test_every_page.py"}
"""Long files whose tests share nothing but what every worker has: any worker runs any of them."""


class TogetherScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Tests that one worker runs one after the other."""

    def _split_scope(self, nodeid: str) -> str:
        path, _, _ = nodeid.partition("::")
        *folders, file = path.split("/")
        shared = next((place for place, name in enumerate(folders, 1) if name in _TOGETHER), 0)
        return nodeid if file in _APART else "/".join(folders[:shared]) or path
