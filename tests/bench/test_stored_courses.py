"""The bench's courses through the services end with the verdict that the person's answers deserve."""

import pytest

from tests.bench.stored_courses import stored_share


@pytest.mark.slow
@pytest.mark.parametrize(("gain", "better"), [(0.6, 1.0), (0.0, 0.0)])
def test_a_course_through_the_services_ends_with_its_verdict(gain: float, better: float) -> None:
    assert stored_share("short", 0.3, gain, 0.1, 1).share == better
