"""The measures of questions.py as tables and a plot in this folder's README."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.report import write_section

PLOT = Path(__file__).parent / "questions.svg"
PARTS = ("answerable", "refusals", "follow-ups")
HALVES = {"kept_aside": "kept aside", "build": "built with"}

Results = Mapping[str, Mapping[int, Any]]
"""By method and number of synthetic facts, what one process measured; ours comes first."""
Counts = Mapping[str, tuple[int, int]]


def write_report(results: Results) -> str:
    """Draws the plot, writes the section, and returns it."""
    _plot(results)
    ours, by_size = next(iter(results.items()))
    real, *_, largest = by_size
    section = f"""## Which fact a question is about

Made by `make bench-questions` (questions.py). The same questions and the same judge
(tests/questions/judging.py, on the first 300 characters) for all, in one run. The part kept aside
is only ever counted. From the part built with the bot has learnt (`make learn`): its score only
says what was retained, and `python -m tests.questions.learning --check` how it does on towns and on
questions that it has not learnt from. The real base, then with synthetic facts of other towns
(synthetic.py, seeded). The searches (fact_searches.py) choose among every fact, article and topic
card, shown as the bot shows them; a conversation reaches them as one text; what they find counts as
any kind of answer. « May refuse »: under the score that suits the questions to build with best, on
that base.

{_accuracy(results)}

Times are what one question takes the process (understanding, finding, composing the message),
in milliseconds, the first time that it is asked; for ours also the best of three.
From {_size(list(by_size)[-2])} to {_size(largest)}, the median of ours is multiplied by
{_growth(by_size):.2f}; logarithmic growth would be {_logarithmic(by_size):.2f}. The longest
time for a hostile text of 4,096 characters: {_hostile(by_size)} ms.

{_times(results)}

Ours on the real base, by style:

{_by(by_size[real]["right"][ours], "style")}

By intent:

{_by(by_size[real]["right"][ours], "intent")}

![accuracy and time](questions.svg)
"""
    write_section("questions", section)
    return section


def _accuracy(results: Results) -> str:
    """One table for each half: methods down, sizes and parts across."""
    sizes = list(next(iter(results.values())))
    tables = []
    for half, named in HALVES.items():
        counts = _counts(results, half)
        totals = {part: counts[0][1][part][1] for part in PARTS}
        questions = ", ".join(f"{total} {part}" for part, total in totals.items())
        heads = [f"{_size(size)}: {part} %" for size in sizes for part in (*PARTS, "all")]
        rows = []
        for by_size in results.values():
            for name in by_size[sizes[0]]["right"]:
                cells = []
                for size in sizes:
                    right = by_size[size]["right"][name][half]["part"]
                    cells += [_percent([right[part]]) for part in PARTS]
                    cells.append(_percent(right.values()))
                rows.append([name, *cells])
        tables.append(f"Questions **{named}** ({questions}):\n\n{_table(['method', *heads], rows)}")
    return "\n\n".join(tables)


def _counts(results: Results, half: str) -> list[tuple[str, Counts]]:
    return [
        (name, halves[half]["part"])
        for by_size in results.values()
        for name, halves in next(iter(by_size.values()))["right"].items()
    ]


def _times(results: Results) -> str:
    sizes = list(next(iter(results.values())))
    heads = [f"{_size(size)}: p50 / p99" for size in sizes]
    ours = next(iter(results))
    shown = [(ours, f"{ours}, best of three", "best")]
    shown += [(method, method, "first") for method in results]
    rows = []
    for method, label, kind in shown:
        spreads = [results[method][size]["times"][kind] for size in sizes]
        cells = [f"{p50:.2f} / {p99:.2f}" for p50, p99, _ in spreads]
        rows.append([label, *cells, f"{results[method][sizes[-1]]['ready_s']:.1f}"])
    return _table(["method", *heads, f"s to build, {_size(sizes[-1])}"], rows)


def _by(halves: Mapping[str, Mapping[str, Counts]], what: str) -> str:
    keys = sorted({key for half in HALVES for key in halves[half][what]})
    heads = [f"{named}: {head}" for named in HALVES.values() for head in ("questions", "right %")]
    rows = []
    for key in keys:
        found = [halves[half][what].get(key, (0, 0)) for half in HALVES]
        rows.append([key, *(cell for one in found for cell in (str(one[1]), _percent([one])))])
    return _table([what, *heads], rows)


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _percent(counts: Iterable[tuple[int, int]]) -> str:
    pairs = list(counts)
    right, total = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return f"{100 * right / total:.1f}" if total else "–"


def _size(size: int) -> str:
    return f"+{size:,}" if size else "real"


def _growth(by_size: Mapping[int, Any]) -> float:
    *_, before, after = by_size
    return float(by_size[after]["times"]["best"][0] / by_size[before]["times"]["best"][0])


def _logarithmic(by_size: Mapping[int, Any]) -> float:
    *_, before, after = by_size
    return math.log(after) / math.log(before)


def _hostile(by_size: Mapping[int, Any]) -> str:
    return ", ".join(f"{one['worst_hostile_ms']:.0f} ({_size(s)})" for s, one in by_size.items())


def _plot(results: Results) -> None:
    """Accuracy on the part kept aside, then the median time, against the size of the base."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "questions"
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4.4))
    for number, (method, by_size) in enumerate(results.items()):
        places = range(len(by_size))
        style: dict[str, Any] = {"color": f"C{number}", "linewidth": 1 if number else 2.5}
        for name in next(iter(by_size.values()))["right"]:
            shares = [
                float(_percent(one["right"][name]["kept_aside"]["part"].values()))
                for one in by_size.values()
            ]
            dash = "--" if name.endswith("never refuses") else "-"
            left.plot(places, shares, dash, marker="o", label=name, **style)
        medians = [one["times"]["first"][0] for one in by_size.values()]
        right.plot(places, medians, marker="o", label=method, **style)
    for axes in (left, right):
        axes.set_xticks(range(len(by_size)), [_size(size) for size in by_size])
        axes.set_xlabel("synthetic facts added")
    left.set(ylim=(0, 100), ylabel="right, %", title="All questions kept aside")
    right.set(yscale="log", ylabel="median of one question, ms", title="Time")
    handles, labels = left.get_legend_handles_labels()
    figure.tight_layout(rect=(0, 0.2, 1, 1))
    figure.legend(handles, labels, loc="lower center", ncols=3, fontsize=8, frameon=False)
    figure.savefig(PLOT, metadata={"Date": None})
