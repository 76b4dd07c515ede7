"""Is the slope that of the line through what comes after the warm-up?"""

import pytest

from tests.soak.memory import Sample, shape, slope


def test_a_steady_growth_is_found_whatever_the_warm_up_did() -> None:
    warming = [Sample(10.0 * number, 50.0 + 40 * number) for number in range(10)]
    growing = [Sample(10.0 * number, 400 + number / 36) for number in range(10, 40)]  # 1/36 MB each 10 s
    assert slope([*warming, *growing]) == pytest.approx(10.0)


def test_level_memory_has_no_slope() -> None:
    assert slope([Sample(10.0 * number, 120.0) for number in range(40)]) == pytest.approx(0.0)


def test_three_samples_after_the_warm_up_are_needed() -> None:
    assert slope([Sample(0.0, 1.0), Sample(10.0, 2.0)]) is None


def test_the_shape_goes_from_the_first_to_the_last() -> None:
    assert shape([Sample(10.0 * number, float(number)) for number in range(61)]) == [
        0,
        10,
        20,
        30,
        40,
        50,
        60,
    ]
    assert shape([Sample(0.0, 5.0)]) == [5.0] * 7
