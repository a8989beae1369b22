"""Figures of several systems side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy

from eval.benchmarks.peers.measurement import Asked, Measurement
from eval.benchmarks.peers.recall import LENGTHS
from eval.benchmarks.peers.systems import CLAUSEWISE

_DRAWS = 2_000
_SEED = 20_240_601  # the same draws in every run
_INTERVAL = (2.5, 97.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure of every system, in their order; None where a system has none."""

    name: str
    values: tuple[float | None, ...]
    decimals: int
    is_quality: bool

    def lead(self) -> float | None:
        """How far the first system is before the best of the others; None without any other."""
        first, *others = self.values
        known = [value for value in others if value is not None]
        return first - max(known) if first is not None and known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How far Clausewise is before a system on the same questions, with its bootstrap interval of 95 %."""

    system: str
    difference: float
    low: float
    high: float


def systems_of(measurements: Sequence[Measurement]) -> list[str]:
    """The systems in the order they were measured."""
    return list(dict.fromkeys(each.system for each in measurements))


def rows(measurements: Sequence[Measurement]) -> list[Row]:
    """First the evidence recall of every set and half within every length, then the cost."""
    found = []
    for name in dict.fromkeys(each.set for each in measurements):
        for half in ("development", "held_out"):
            counted = [asked for each in measurements if each.set == name for asked in _of(each, half)]
            if counted:
                found += [_recall_row(measurements, name, half, place) for place in range(len(LENGTHS))]
    for name in dict.fromkeys(each.set for each in measurements):
        found.append(_cost(measurements, name, "ingest seconds", lambda each: each.ingest_seconds, 1))
        found.append(_cost(measurements, name, "query ms (median)", lambda each: each.query_ms, 1))
        found.append(_cost(measurements, name, "peak memory MB", lambda each: each.peak_mb, 0))
    return found


def leads(measurements: Sequence[Measurement], name: str, half: str, length: int) -> list[Lead]:
    """Clausewise before each other system, question by question."""
    by_system = {each.system: _recalls(each, half, length) for each in measurements if each.set == name}
    own = by_system.get(CLAUSEWISE, {})
    return [
        _lead(system, [own[case] - found[case] for case in own])
        for system, found in by_system.items()
        if system != CLAUSEWISE and own
    ]


def _of(measurement: Measurement, half: str) -> list[Asked]:
    return [asked for asked in measurement.asked if asked.half == half]


def _recalls(measurement: Measurement, half: str, length: int) -> dict[str, float]:
    place = LENGTHS.index(length)
    return {asked.id: asked.recall[place] for asked in _of(measurement, half)}


def _lead(system: str, differences: Sequence[float]) -> Lead:
    values = numpy.asarray(differences)
    draws = numpy.random.default_rng(_SEED).integers(len(values), size=(_DRAWS, len(values)))
    low, high = numpy.percentile(values[draws].mean(axis=1), _INTERVAL)
    return Lead(system=system, difference=float(values.mean()), low=float(low), high=float(high))


def _recall_row(measurements: Sequence[Measurement], name: str, half: str, place: int) -> Row:
    by_system = {each.system: each for each in measurements if each.set == name}
    counted = max(len(_of(each, half)) for each in by_system.values())
    values = tuple(
        fmean(asked.recall[place] for asked in _of(by_system[system], half)) if system in by_system else None
        for system in systems_of(measurements)
    )
    title = f"{name}, {half.replace('_', ' ')} ({counted}): within {LENGTHS[place]:,}"
    return Row(name=title, values=values, decimals=3, is_quality=True)


def _cost(
    measurements: Sequence[Measurement],
    name: str,
    what: str,
    value: Callable[[Measurement], float | None],
    decimals: int,
) -> Row:
    by_system = {each.system: value(each) for each in measurements if each.set == name}
    values = tuple(by_system.get(system) for system in systems_of(measurements))
    return Row(name=f"{name}: {what}", values=values, decimals=decimals, is_quality=False)
