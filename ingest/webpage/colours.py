"""Colours as style sheets print them, and how far two are apart."""

import re

from PIL import ImageColor

Colour = tuple[float, float, float, float]  # red, green, blue from 0 to 255, and how opaque from 0 to 1

BLACK: Colour = (0, 0, 0, 1)
WHITE: Colour = (255, 255, 255, 1)
_FUNCTION = re.compile(r"rgba?\(([^)]*)\)|hsla?\(([^)]*)\)")
_HEX = re.compile(r"#?(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_LEAST_CONTRAST = 1.25


def colour_of(printed: str) -> Colour | None:
    """The colour; None if it is not one that can be known from its name alone."""
    printed = printed.strip().lower()
    if printed == "transparent":
        return (0, 0, 0, 0)
    try:
        if match := _FUNCTION.fullmatch(printed):
            return _of_function(match)
        if _HEX.fullmatch(printed):
            printed = "#" + printed.removeprefix("#")
        red, green, blue, alpha = ImageColor.getcolor(printed, "RGBA")  # type: ignore[misc]
    except (ValueError, TypeError):
        return None
    return (red, green, blue, alpha / 255)


def over(colour: Colour, ground: Colour) -> Colour:
    """The colour as it looks on the ground."""
    alpha = colour[3]
    red, green, blue = (
        alpha * own + (1 - alpha) * under for own, under in zip(colour[:3], ground[:3], strict=True)
    )
    return (red, green, blue, 1)


def is_legible(colour: Colour, ground: Colour) -> bool:
    """Whether a reader can tell text of this colour from its ground (contrast as WCAG 2 defines it)."""
    light = sorted((_luminance(over(colour, ground)), _luminance(ground)))
    return (light[1] + 0.05) / (light[0] + 0.05) >= _LEAST_CONTRAST


def _luminance(colour: Colour) -> float:
    linear = [
        value / 255 / 12.92 if value / 255 <= 0.04045 else ((value / 255 + 0.055) / 1.055) ** 2.4
        for value in colour[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _of_function(match: re.Match[str]) -> Colour | None:
    parts = re.split(r"[\s,/]+", (match[1] or match[2]).strip())
    if len(parts) < 3:
        return None
    alpha = _share(parts[3]) if len(parts) > 3 else 1.0
    if match[2] is not None:
        hue = parts[0].removesuffix("deg")
        red, green, blue = ImageColor.getrgb(f"hsl({hue},{parts[1]},{parts[2]})")[:3]
        return (red, green, blue, alpha)
    channels = [255 * _share(part) if part.endswith("%") else float(part) for part in parts[:3]]
    return (channels[0], channels[1], channels[2], alpha)


def _share(printed: str) -> float:
    return float(printed[:-1]) / 100 if printed.endswith("%") else float(printed)
