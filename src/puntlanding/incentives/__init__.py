"""What one more norm hour pays, and whom it costs: the slope of every group's euros."""

from puntlanding.incentives.curves import OVER, UNDER, Curve, Incentives, Others, Place, incentives
from puntlanding.incentives.reading import Finding, Point, Reading, point_at, reading

__all__ = [
    "OVER",
    "UNDER",
    "Curve",
    "Finding",
    "Incentives",
    "Others",
    "Place",
    "Point",
    "Reading",
    "incentives",
    "point_at",
    "reading",
]
