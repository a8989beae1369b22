import cv2
import numpy as np
import pytest

from ingest.paper.picture import is_long, ruling_lines, shrunk, strips
from ingest.paper.recognition import LONGEST_SIDE, Picture


def _paper(height: int, width: int) -> Picture:
    return np.full((height, width, 3), 255, np.uint8)


def test_a_page_is_no_longer_than_is_recognised() -> None:
    assert max(shrunk(_paper(5200, 3600)).shape) == LONGEST_SIDE


def test_a_long_picture_keeps_its_height() -> None:
    picture = _paper(9000, 750)
    assert is_long(picture) and shrunk(picture).shape == picture.shape


def test_strips_are_cut_between_lines_and_cover_the_picture() -> None:
    picture = _paper(6000, 800)
    for top in range(20, 5900, 60):
        picture[top : top + 40, 100:700] = 0
    found = list(strips(picture))
    assert sum(len(strip) for _, strip in found) == 6000 and len(found) > 4
    assert all((strip[0] == 255).all() and (strip[-1] == 255).all() for _, strip in found)


@pytest.mark.parametrize("thickness", [1, 2, 4])
def test_ruling_lines_are_found(thickness: int) -> None:
    picture = _paper(1000, 800)
    for place in (100, 200, 300):
        cv2.line(picture, (100, place), (700, place), (0, 0, 0), thickness)
    for place in (100, 400, 700):
        cv2.line(picture, (place, 100), (place, 300), (0, 0, 0), thickness)
    found = list(ruling_lines(picture))
    assert sorted(round(edge.place, -1) for edge in found if edge.direction == "horizontal") == [
        100,
        200,
        300,
    ]
    assert sorted(round(edge.place, -1) for edge in found if edge.direction == "vertical") == [100, 400, 700]
