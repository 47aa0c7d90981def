"""Student's t with 4 degrees of freedom: the one for which distribution and quantile have a closed form.

W.T. Shaw, Sampling Student's T distribution, J. Computational Finance 9 (2006), section 3.
"""

from __future__ import annotations

import math

FAR = 1e9  # beyond it lies less than the last digit of a float


def below(value: float) -> float:
    """The chance of less than ``value``."""
    value = min(max(value, -FAR), FAR)
    ratio = value / math.sqrt(4.0 + value * value)
    return min(max(0.5 + ratio * (3.0 - ratio * ratio) / 4.0, 0.0), 1.0)


def quantile(chance: float) -> float:
    """``chance`` strictly between 0 and 1."""
    root = math.sqrt(4.0 * chance * (1.0 - chance))
    far = math.cos(math.acos(min(root, 1.0)) / 3.0) / root
    return math.copysign(2.0 * math.sqrt(max(far - 1.0, 0.0)), chance - 0.5)


T80, T95 = quantile(0.9), quantile(0.975)
