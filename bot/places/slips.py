"""What each way of slipping costs, as `python -m tests.benchmarks.fitting` found it.

One unit is about a plain slip, and `NATS` of natural logarithm; `POPULATION` is what a tenfold
population outweighs, set by hand above what was found (0.174): most people type names of towns.
"""

NATS = 5.0
SLIPS = {
    "respelled": 0.66,
    "swapped": 0.57,
    "neighbour": 0.79,
    "stranger": 1.63,
    "first": 0.21,
    "lost double": 0.51,
    "lost e": 0.50,
    "lost h": 0.55,
    "lost s": 0.65,
    "lost t": 0.63,
    "lost x": 0.57,
    "lost d": 0.66,
    "lost z": 0.59,
    "lost vowel": 0.60,
    "lost consonant": 0.64,
    "added double": 0.73,
    "added neighbour": 0.91,
    "added before": 1.10,
    "added e": 1.03,
    "added h": 1.01,
    "added s": 1.06,
    "added t": 1.02,
    "added": 1.32,
    "vowel": 1.23,
    "close": 1.08,
    "iy": 0.56,
    "ck": 0.40,
    "cq": 0.50,
    "kq": 0.40,
    "cs": 0.69,
    "sz": 0.55,
    "gj": 0.54,
    "vw": 0.43,
    "mn": 0.54,
    "sx": 0.54,
    "cx": 0.46,
    "xz": 0.48,
    "tz": 0.50,
}
POPULATION = 0.23
