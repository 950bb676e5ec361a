"""A patient who may use the camera, as the tests of the exercise have it."""

from tests.services.exercise.expression.conftest import _settings, patient

__all__ = ["_settings", "patient"]
