"""Registry of the networks that can be trained here, by key: our own, their teachers, and those of the papers."""

from pathlib import Path

from core.training.checkpoint import BEST, read
from core.training.networks.ours import OURS
from core.training.networks.papers import PAPERS
from core.training.networks.teachers import TEACHERS
from core.training.protocol import Protocol

NETWORKS = {protocol.key: protocol for protocol in (*OURS, *TEACHERS, *PAPERS)}


def protocol(key: str) -> Protocol:
    """The protocol called `key`; raises ValueError naming those that exist."""
    try:
        return NETWORKS[key]
    except KeyError:
        raise ValueError(f"unknown network {key!r}: expected one of {', '.join(sorted(NETWORKS))}") from None


def of_run(folder: Path) -> Protocol:
    """The protocol of the run in `folder`; raises TrainingError where there is none."""
    return protocol(read(folder / BEST).network)
