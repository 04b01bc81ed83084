"""The curated base as values: its model, reading it, checking it."""
