"""Other ways to find the fact that a question is about, each built as its users would build it.

A method is built from texts and answers the number of the best one with its score, higher being
better, or None when nothing matches. `Words` gives the methods that take words the vocabulary that
our own search has: quick spellings, words that carry nothing, synonyms.
"""

import sqlite3
from collections.abc import Callable, Sequence

from bot.knowledge.model import Vocabulary
from bot.language.folding import fold
from bot.language.stems import stem

Found = tuple[int, float] | None
Search = Callable[[str], Found]


class Words:
    """Texts as stems, each the first of its synonyms."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._spellings = {fold(key): fold(as_) for key, as_ in vocabulary.spellings.items()}
        self._fillers = {stem(word) for word in fold(" ".join(vocabulary.fillers)).split()}
        self._same = {
            stem(word): stem(fold(group[0]).split()[0])
            for group in vocabulary.synonyms
            for word in fold(" ".join(group)).split()
        }

    def of(self, text: str) -> list[str]:
        spelled = " ".join(self._spellings.get(word, word) for word in fold(text).split())
        stems = [stem(word) for word in spelled.split()]
        return [self._same.get(word, word) for word in stems if word not in self._fillers]


def bm25(texts: Sequence[str], vocabulary: Vocabulary) -> Search:
    import bm25s  # type: ignore[import-untyped]  # it ships none

    words = Words(vocabulary)
    ranker = bm25s.BM25()
    ranker.index([words.of(text) for text in texts], show_progress=False)

    def search(question: str) -> Found:
        asked = words.of(question)
        if not asked:
            return None
        scores = ranker.get_scores(asked)
        best = int(scores.argmax())
        return (best, float(scores[best])) if scores[best] > 0 else None

    return search


def sqlite_fts5(texts: Sequence[str], vocabulary: Vocabulary) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute(
        "create virtual table facts using fts5(text, tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows = enumerate(texts)
    database.executemany("insert into facts (rowid, text) values (?, ?)", rows)

    def search(question: str) -> Found:
        any_word = " OR ".join(f'"{word}"' for word in fold(question).split())
        query = "select rowid, -rank from facts where facts match ? order by rank limit 1"
        row = database.execute(query, (any_word,)).fetchone() if any_word else None
        return (int(row[0]), float(row[1])) if row else None

    return search


def rapidfuzz_tokens(texts: Sequence[str], vocabulary: Vocabulary) -> Search:
    from rapidfuzz import fuzz, process

    folded = [fold(text) for text in texts]

    def search(question: str) -> Found:
        found = process.extractOne(fold(question), folded, scorer=fuzz.token_set_ratio)
        return int(found[2]), float(found[1])

    return search


def tantivy_french(texts: Sequence[str], vocabulary: Vocabulary) -> Search:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("text", tokenizer_name="french")
    index = tantivy.Index(builder.build())
    french = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.stopword("french"),
        tantivy.Filter.stemmer("french"),
        tantivy.Filter.ascii_fold(),
    ):
        french = french.filter(step)
    index.register_tokenizer("french", french.build())
    writer = index.writer()
    for number, text in enumerate(texts):
        writer.add_document(tantivy.Document(number=number, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> Found:
        words = "".join(c if c.isalnum() else " " for c in question.lower())
        hits = searcher.search(index.parse_query(words, ["text"]), 1).hits
        if not hits:
            return None
        score, address = hits[0]
        return int(searcher.doc(address)["number"][0]), float(score)

    return search


SEARCHES: dict[str, Callable[[Sequence[str], Vocabulary], Search]] = {
    "BM25 (bm25s), stems, synonyms": bm25,
    "SQLite FTS5": sqlite_fts5,
    "rapidfuzz token_set_ratio": rapidfuzz_tokens,
    "tantivy-py, French stems": tantivy_french,
}
