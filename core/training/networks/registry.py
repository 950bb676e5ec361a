"""Registry of the networks that can be trained here, by key: those of the papers and our own."""

from core.training.networks.ours import OURS
from core.training.networks.papers import PAPERS
from core.training.protocol import Protocol

NETWORKS = {protocol.key: protocol for protocol in (*OURS, *PAPERS)}


def protocol(key: str) -> Protocol:
    """The protocol called `key`; raises ValueError naming those that exist."""
    try:
        return NETWORKS[key]
    except KeyError:
        raise ValueError(f"unknown network {key!r}: expected one of {', '.join(sorted(NETWORKS))}") from None
