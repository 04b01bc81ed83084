"""What each way of slipping costs, as `python -m tests.benchmarks.fitting` found it.

One unit is about a plain slip, and `NATS` of natural logarithm; `POPULATION` is what a tenfold
population outweighs.
"""

NATS = 5.0
SLIPS = {
    "respelled": 0.68,
    "swapped": 0.59,
    "neighbour": 0.80,
    "stranger": 1.63,
    "first": 0.22,
    "lost double": 0.50,
    "lost e": 0.53,
    "lost h": 0.54,
    "lost s": 0.66,
    "lost t": 0.65,
    "lost x": 0.58,
    "lost d": 0.63,
    "lost z": 0.57,
    "lost vowel": 0.64,
    "lost consonant": 0.66,
    "added double": 0.72,
    "added neighbour": 0.95,
    "added before": 1.12,
    "added e": 1.02,
    "added h": 0.97,
    "added s": 1.06,
    "added t": 1.05,
    "added": 1.29,
    "vowel": 1.25,
    "close": 1.08,
    "iy": 0.54,
    "ck": 0.40,
    "cq": 0.47,
    "kq": 0.40,
    "cs": 0.63,
    "sz": 0.53,
    "gj": 0.46,
    "vw": 0.42,
    "mn": 0.55,
    "sx": 0.58,
    "cx": 0.48,
    "xz": 0.52,
    "tz": 0.53,
}
POPULATION = 0.178
