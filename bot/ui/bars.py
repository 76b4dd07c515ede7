"""How do numbers become a picture in text? Bars of equal width, the highest one full; nothing stays a dot."""

from collections.abc import Sequence

_BARS = "▁▂▃▄▅▆▇█"


def bars(values: Sequence[float]) -> str:
    """Return one letter a value, from the lowest bar to the full one; zero is "·", so that it is not taken for little."""
    highest = max(values, default=0)
    if highest <= 0:
        return "·" * len(values)
    return "".join(
        _BARS[min(len(_BARS) - 1, int(value / highest * len(_BARS)))] if value > 0 else "·"
        for value in values
    )
