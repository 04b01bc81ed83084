"""Each benchmark writes its own part of README.md, between two comments that name it."""

from pathlib import Path

README = Path(__file__).with_name("README.md")


def write_section(name: str, markdown: str, readme: Path = README) -> None:
    """Puts a text between `<!-- name -->` and `<!-- /name -->`, or adds it at the end."""
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = readme.read_text(encoding="utf-8") if readme.is_file() else "# Benchmarks\n"
    section = f"{opening}\n{markdown.strip()}\n{closing}"
    if opening in text and closing in text:
        before, _, rest = text.partition(opening)
        _, _, after = rest.partition(closing)
        written = before + section + after
    else:
        written = f"{text.rstrip()}\n\n{section}\n"
    readme.write_text(written, encoding="utf-8")
