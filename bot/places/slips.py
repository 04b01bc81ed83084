"""What each way of slipping costs, as `python -m tests.benchmarks.fitting` found it.

One unit is about a plain slip, and `NATS` of natural logarithm; `POPULATION` is what a tenfold
population outweighs.
"""

NATS = 5.0
SLIPS = {
    "respelled": 0.5,
    "swapped": 0.42,
    "neighbour": 0.7,
    "stranger": 1.3,
    "first": 0.25,
    "lost double": 0.45,
    "lost e": 0.5,
    "lost h": 0.4,
    "lost s": 0.55,
    "lost t": 0.5,
    "lost x": 0.45,
    "lost d": 0.6,
    "lost z": 0.4,
    "lost vowel": 0.55,
    "lost consonant": 0.6,
    "added double": 0.6,
    "added neighbour": 0.75,
    "added before": 1.0,
    "added e": 0.9,
    "added h": 0.7,
    "added s": 1.0,
    "added t": 0.8,
    "added": 1.25,
    "vowel": 0.9,
    "close": 0.9,
    "iy": 0.45,
    "ck": 0.3,
    "cq": 0.35,
    "kq": 0.35,
    "cs": 0.45,
    "sz": 0.4,
    "gj": 0.35,
    "vw": 0.3,
    "mn": 0.4,
    "sx": 0.5,
    "cx": 0.5,
    "xz": 0.5,
    "tz": 0.55,
}
POPULATION = 0.2
