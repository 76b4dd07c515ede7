"""Does a soak of any length have every fault, one after another, and a calm at the end?"""

import pytest

from tests.soak.plan import FAULTS, LEAST_MINUTES, planned


@pytest.mark.parametrize("minutes", [LEAST_MINUTES, 7.5, 60, 600])
def test_every_fault_fits_one_after_another(minutes: float) -> None:
    made = planned(minutes)
    assert [one.name for one in made] == [one.name for one in FAULTS]
    ends = 0.0
    for one, fault in zip(made, FAULTS, strict=True):
        assert one.at > ends
        assert one.seconds >= fault.least
        ends = one.at + one.seconds
    assert ends < 0.9 * minutes * 60


def test_longer_soaks_have_longer_faults() -> None:
    assert {one.name: one.seconds for one in planned(60)}["ai 529"] == pytest.approx(180)


def test_too_short_a_soak_is_refused() -> None:
    with pytest.raises(ValueError, match="4 minutes"):
        planned(3)
