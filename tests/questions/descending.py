"""How what is fitted is changed step by step: Adam, with weights that decay."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Descent:
    """Changes weights in place, by steps that get smaller until the last does nothing."""

    def __init__(self, weights: Sequence[Floats], *, rate: float, decay: float, steps: int) -> None:
        """`rate`: the size of the first step; `decay`: the share of it taken off the weights."""
        self._weights, self._rate, self._decay, self._steps = weights, rate, decay, steps
        self._moments = [(np.zeros_like(one), np.zeros_like(one)) for one in weights]
        self._step = 0

    def step(self, slopes: Sequence[Floats]) -> None:
        """Against `slopes`: how what is to get smaller changes with each of the weights."""
        self._step += 1
        rate = self._rate * (1 + np.cos(np.pi * self._step / self._steps)) / 2
        for one, slope, (mean, square) in zip(self._weights, slopes, self._moments, strict=True):
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope * slope - square)
            aimed = mean / (1 - 0.9**self._step)
            one -= rate * aimed / (np.sqrt(square / (1 - 0.999**self._step)) + 1e-8)
            one -= rate * self._decay * one
