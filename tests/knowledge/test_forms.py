"""The forms with which people without git report a figure, a fact or an event."""

from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parents[2] / ".github"
FORMS = sorted(form for form in GITHUB.glob("ISSUE_TEMPLATE/*.yml") if form.name != "config.yml")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_is_one_that_github_accepts_and_always_asks_for_the_source(form: Path) -> None:
    read: dict[str, Any] = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert set(read) == {"name", "description", "title", "labels", "body"}
    ids = [part["id"] for part in read["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    for part in read["body"]:
        assert part["type"] in ("markdown", "input", "textarea", "dropdown")
        assert "value" in part["attributes"] or "label" in part["attributes"]
    source = next(part for part in read["body"] if part.get("id") == "source")
    assert source["validations"] == {"required": True}


def test_there_is_a_form_for_a_figure_a_fact_and_an_event() -> None:
    assert [form.stem for form in FORMS] == ["chiffre-faux", "fait-nouveau", "rencontre"]
