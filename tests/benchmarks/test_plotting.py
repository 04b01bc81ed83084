from itertools import combinations

from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg

from tests.benchmarks.plotting import place_labels

CROWDED = [(f"a method, distance {n}", 0.06 + 0.001 * n, 94 + 0.1 * n) for n in range(5)]
LABELS = [*CROWDED, ("at the edge on the right", 10.0, 72.0), ("left", 0.03, 72.0)]


def test_labels_overlap_nothing_and_stay_inside() -> None:
    figure, axes = pyplot.subplots(figsize=(7, 4.2))
    axes.scatter([x for _, x, _ in LABELS], [y for _, _, y in LABELS])
    axes.set(xscale="log")
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    boxes = place_labels(axes, LABELS, renderer)
    pyplot.close(figure)
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    inside = axes.get_window_extent(renderer)
    for box in boxes:
        assert inside.x0 < box.x0
        assert box.x1 < inside.x1
