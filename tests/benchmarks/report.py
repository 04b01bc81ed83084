"""Writes the measured sections of this folder's README."""

import re
from pathlib import Path

README = Path(__file__).parent / "README.md"


def write_section(name: str, markdown: str) -> None:
    """Replaces what stands between `<!-- name -->` and `<!-- /name -->`; adds it at the end."""
    text = README.read_text("utf-8") if README.exists() else "# What was measured\n"
    section = f"<!-- {name} -->\n{markdown.strip()}\n<!-- /{name} -->"
    pattern = re.compile(rf"<!-- {re.escape(name)} -->.*?<!-- /{re.escape(name)} -->", re.DOTALL)
    if pattern.search(text):
        text = pattern.sub(lambda _: section, text)
    else:
        text = f"{text.rstrip()}\n\n{section}\n"
    README.write_text(text, "utf-8")
