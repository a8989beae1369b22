"""Where a point of an object stands on the page: GB/T 33190-2016, 8.3."""

import math
from dataclasses import dataclass

from lxml import etree

from ingest.ofd.names import numbers


@dataclass(frozen=True, slots=True)
class Matrix:
    """x' = a x + c y + e, y' = b x + d y + f; y counts downwards."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where the point stands."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, outer: "Matrix") -> "Matrix":
        """This one first, then the outer one."""
        e, f = outer.place(self.e, self.f)
        return Matrix(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            e,
            f,
        )

    @property
    def across(self) -> float:
        """How wide one unit to the right becomes."""
        return math.hypot(self.a, self.b)

    @property
    def down(self) -> float:
        """How high one unit downwards becomes."""
        return math.hypot(self.c, self.d)

    @property
    def turn(self) -> int:
        """In which direction text runs, in degrees clockwise; 45 stands for aslant."""
        if abs(self.b) <= 0.1 * abs(self.a):
            return 0 if self.a > 0 else 180
        if abs(self.a) <= 0.1 * abs(self.b):
            return 90 if self.b > 0 else 270
        return 45


def matrix_of(element: etree._Element, outer: Matrix) -> Matrix:
    """That of an object in its container: its own transformation, then the corner of its boundary."""
    boundary = numbers(element.get("Boundary"))
    left, top = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    own = numbers(element.get("CTM"))
    matrix = Matrix(*own) if len(own) == 6 else Matrix()
    return matrix.within(Matrix(e=left, f=top)).within(outer)
