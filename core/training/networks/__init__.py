"""The networks that can be trained: ours, their teachers and the papers'."""

from core.training.networks.registry import protocol

__all__ = ["protocol"]
