"""How much does each property of a post count for? Least squares, every coefficient pulled toward zero.

Small enough to need no numeric library: some 200 rows and 35 columns take a few hundredths of a second. The errors are
those of leaving one row out, exactly, from the diagonal of the hat matrix: what the fit would have said of a row it
had not seen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

Row = Sequence[float]


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients with their standard errors, and the errors of the rows each predicted from the others."""

    coefficients: tuple[float, ...]
    errors: tuple[float, ...]  # standard errors of the coefficients
    left_out: tuple[float, ...]

    @property
    def press(self) -> float:
        """The sum of squares of the errors of left-out rows."""
        return _dot(self.left_out, self.left_out)

    def at(self, row: Row) -> float:
        """Return the fitted value for ``row``."""
        return _dot(self.coefficients, row)


def fit(rows: Sequence[Row], values: Sequence[float], penalties: Sequence[float]) -> Fit:
    """Fit ``values`` to ``rows``; a column's penalty counts like so many rows in which it has no effect."""
    columns = list(zip(*rows, strict=True))
    gram = [[_dot(one, other) for other in columns] for one in columns]
    inverse = _inverse(
        [
            [cell + (penalty if i == j else 0.0) for j, cell in enumerate(line)]
            for i, (line, penalty) in enumerate(zip(gram, penalties, strict=True))
        ]
    )
    moments = [_dot(column, values) for column in columns]
    coefficients = [_dot(line, moments) for line in inverse]
    leverages = [_dot(row, [_dot(line, row) for line in inverse]) for row in rows]
    residuals = [value - _dot(coefficients, row) for row, value in zip(rows, values, strict=True)]
    freedom = max(1.0, len(rows) - sum(leverages))
    noise = _dot(residuals, residuals) / freedom
    return Fit(
        tuple(coefficients),
        tuple(math.sqrt(max(0.0, noise * _quadratic(line, gram))) for line in inverse),
        tuple(
            residual / max(1e-6, 1 - leverage)
            for residual, leverage in zip(residuals, leverages, strict=True)
        ),
    )


def _quadratic(line: Row, matrix: Sequence[Row]) -> float:
    return _dot(line, [_dot(row, line) for row in matrix])


def _dot(one: Row, other: Row) -> float:
    return float(sum(map(mul, one, other)))


def _inverse(matrix: list[list[float]]) -> list[list[float]]:
    """Invert a symmetric positive matrix, by Gauss and Jordan; the penalties keep the pivots away from zero."""
    size = len(matrix)
    work = [[*line, *(1.0 if i == j else 0.0 for j in range(size))] for i, line in enumerate(matrix)]
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda i: abs(work[i][pivot]))
        work[pivot], work[best] = work[best], work[pivot]
        scale = work[pivot][pivot]
        work[pivot] = head = [cell / scale for cell in work[pivot]]
        for i in range(size):
            factor = work[i][pivot]
            if i != pivot and factor:
                work[i] = [cell - factor * above for cell, above in zip(work[i], head, strict=True)]
    return [line[size:] for line in work]
