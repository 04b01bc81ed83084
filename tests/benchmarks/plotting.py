"""Points with labels that overlap neither each other, nor a point, nor the edge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from pathlib import Path
from typing import Any

FAR = 14  # points of typography beyond which a line leads from the label to its point
_MARK = 5  # pixels around a point that no label may touch


@dataclass(frozen=True, slots=True)
class Point:
    """A method: its median time in milliseconds, and how often it is right, in %."""

    name: str
    time_ms: float
    right: float
    is_ours: bool


def plot(points: Sequence[Point], title: str, target: Path) -> None:
    """Accuracy against the median time, one labelled point a method, as SVG."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = target.stem
    from matplotlib import pyplot
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure, axes = pyplot.subplots(figsize=(7, 4.2))
    for point in points:
        colour = "#c0392b" if point.is_ours else "#7f8c8d"
        axes.scatter(point.time_ms, point.right, color=colour)
    axes.set(xscale="log", xlabel="median time of one question, ms", ylabel="right, %")
    axes.set_title(title)
    axes.margins(x=0.12, y=0.12)
    figure.tight_layout()
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    place_labels(axes, [(p.name, p.time_ms, p.right) for p in points], renderer)
    figure.savefig(target, metadata={"Date": None})
    pyplot.close(figure)


def place_labels(axes: Any, labels: Sequence[tuple[str, float, float]], renderer: Any) -> list[Any]:
    """Puts each text near its point, at the first free place; gives the boxes, in pixels."""
    from matplotlib.transforms import Bbox

    inside = axes.get_window_extent(renderer)
    taken = []
    for _, x, y in labels:
        at_x, at_y = axes.transData.transform((x, y))
        taken.append(Bbox.from_extents(at_x - _MARK, at_y - _MARK, at_x + _MARK, at_y + _MARK))
    boxes = []
    for text, x, y in labels:
        for across, up, distance in _offsets():
            label = axes.annotate(
                text,
                (x, y),
                xytext=(across, up),
                textcoords="offset points",
                fontsize=8,
                ha="left" if across > 1 else "right" if across < -1 else "center",
                va="center",
                arrowprops={"arrowstyle": "-", "lw": 0.5} if distance > FAR else None,
            )
            # The text alone: the box of an annotation also holds its line.
            label.update_positions(renderer)
            box = _text_box(label, renderer)
            fits = inside.x0 < box.x0 and box.x1 < inside.x1
            fits = fits and inside.y0 < box.y0 and box.y1 < inside.y1
            if fits and not any(box.overlaps(other) for other in taken):
                break
            label.remove()
        else:
            raise ValueError(f"no free place for the label {text!r}")
        taken.append(box)
        boxes.append(box)
    return boxes


def _text_box(label: Any, renderer: Any) -> Any:
    from matplotlib.text import Text

    return Text.get_window_extent(label, renderer)


def _offsets() -> Iterator[tuple[float, float, int]]:
    """Places around a point, in points of typography, nearer ones first: right, left, above…"""
    for distance in range(8, 120, 6):
        for angle in (0, 4, 2, 6, 1, 7, 3, 5):
            turn = angle * pi / 4
            yield distance * cos(turn), distance * sin(turn), distance
