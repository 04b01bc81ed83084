"""Other ways to find which commune a misspelled name means, each with the same normalisation.

A method is built from the glued names of the present communes, most populous first, and answers
the closest of them. None of them refuses: they always answer.
"""

import sqlite3
from collections.abc import Callable, Sequence

Ask = Callable[[str], str | None]


def _rapidfuzz(scorer_name: str) -> Callable[[Sequence[str]], Ask]:
    def build(names: Sequence[str]) -> Ask:
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import OSA

        scorers = {"WRatio": fuzz.WRatio, "ratio": fuzz.ratio, "OSA": OSA.normalized_similarity}
        scorer = scorers[scorer_name]

        def ask(key: str) -> str | None:
            return process.extractOne(key, names, scorer=scorer)[0]

        return ask

    return build


def symspell(names: Sequence[str]) -> Ask:
    from symspellpy import SymSpell, Verbosity  # type: ignore[import-untyped]  # it ships none

    speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
    for rank, name in enumerate(names):
        speller.create_dictionary_entry(name, len(names) - rank)

    def ask(key: str) -> str | None:
        found = speller.lookup(key, Verbosity.TOP, max_edit_distance=2)
        return str(found[0].term) if found else None

    return ask


def sqlite_trigram(names: Sequence[str]) -> Ask:
    from rapidfuzz.distance import OSA

    database = sqlite3.connect(":memory:")
    database.execute("create virtual table names using fts5(name, tokenize = 'trigram')")
    database.executemany("insert into names values (?)", [(name,) for name in names])

    def ask(key: str) -> str | None:
        trigrams = " OR ".join(f'"{key[i : i + 3]}"' for i in range(len(key) - 2))
        if not trigrams.isascii() or not trigrams:
            return None
        query = "select name from names where names match ? order by rank limit 50"
        found = [row[0] for row in database.execute(query, (trigrams,))]
        return max(found, key=lambda name: OSA.normalized_similarity(key, name), default=None)

    return ask


def tantivy_fuzzy(names: Sequence[str]) -> Ask:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("name", stored=True, tokenizer_name="raw")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for name in names:
        writer.add_document(tantivy.Document(name=name))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(key: str) -> str | None:
        for distance in (1, 2):
            query = tantivy.Query.fuzzy_term_query(schema, "name", key, distance, True, False)
            hits = searcher.search(query, 1).hits
            if hits:
                return str(searcher.doc(hits[0][1])["name"][0])
        return None

    return ask


RIVALS: dict[str, Callable[[Sequence[str]], Ask]] = {
    "rapidfuzz WRatio": _rapidfuzz("WRatio"),
    "rapidfuzz ratio": _rapidfuzz("ratio"),
    "rapidfuzz OSA": _rapidfuzz("OSA"),
    "symspellpy, distance 2": symspell,
    "SQLite FTS5 trigram → OSA": sqlite_trigram,
    "tantivy-py fuzzy": tantivy_fuzzy,
}
