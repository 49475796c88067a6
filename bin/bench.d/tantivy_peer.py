"""The same text search with tantivy: `python3 tantivy_peer.py FOLDER` with the files that Measure wrote.

Every text becomes its overlapping pairs of neighbouring characters, joined by blanks and cut at them by tantivy's
whitespace tokenizer, indexed with positions by one thread. A query is asked in two ways: as a phrase of its pairs,
which finds what contains it, and as pairs that must all be there, which is cheaper and finds too much. Both ask for
the best 20 and the number of all; making the query object and fetching the keys are not timed. Prints JSON.
"""

import gc
import json
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import tantivy

MOST = 20
WARM_UP = 50
# How often all queries are asked; the shortest time of each counts, as with ours.
ROUNDS = 3
HEAP = 1_000_000_000


def pairs(text):
    """The overlapping pairs of a text; a blank inside it is made visible, so that it stays part of a pair."""
    plain = text.replace(" ", "␣")
    return [plain[start:start + 2] for start in range(len(plain) - 1)] or [plain]


def build(texts, folder):
    schema = (tantivy.SchemaBuilder().add_unsigned_field("place", stored=True)
              .add_text_field("body", tokenizer_name="pairs", index_option="position").build())
    index = tantivy.Index(schema, path=str(folder))
    index.register_tokenizer("pairs", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(heap_size=HEAP, num_threads=1)
    for place, text in enumerate(texts):
        writer.add_document(tantivy.Document(place=place, body=" ".join(pairs(text))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def phrase(schema, query):
    terms = pairs(query)
    if len(terms) == 1:
        return tantivy.Query.term_query(schema, "body", terms[0])
    return tantivy.Query.phrase_query(schema, "body", terms)


def conjunction(schema, query):
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, tantivy.Query.term_query(schema, "body", term))
                                        for term in dict.fromkeys(pairs(query))])


def summary(times):
    ordered = sorted(times)

    def share(percent):
        return ordered[max(0, (len(ordered) * percent + 99) // 100 - 1)]

    return {"count": len(ordered), "p50": share(50), "p90": share(90), "p99": share(99), "worst": ordered[-1]}


def ask(searcher, queries):
    times = []
    for query in queries:
        begun = time.perf_counter_ns()
        searcher.search(query, MOST)
        times.append((time.perf_counter_ns() - begun) / 1e6)
    return times


def check(searcher, queries, held):
    """How many texts that hold a query were missed, and how many were given that do not."""
    missed = over = 0
    for query, must in zip(queries, held):
        limit = max(1, searcher.num_docs)
        found = {searcher.doc(address)["place"][0] for _, address in searcher.search(query, limit).hits}
        missed += len(must - found)
        over += len(found - must)
    return missed, over


def main():
    folder = Path(sys.argv[1])
    texts = [line.split("\t", 1)[1] for line in (folder / "texts.tsv").read_text("utf-8").splitlines()]
    asked = [line.split("\t", 1) for line in (folder / "queries.txt").read_text("utf-8").splitlines()]
    present = [query for use, query in asked if use != "absent"]
    absent = [query for use, query in asked if use == "absent"]
    checked = [query for use, query in asked if use == "checked"]
    held = [{place for place, text in enumerate(texts) if query in text} for query in checked]
    with tempfile.TemporaryDirectory(dir=folder) as home:
        begun = time.monotonic()
        index = build(texts, home)
        answer = {"version": version("tantivy"), "seconds": time.monotonic() - begun,
                  "bytes": sum(file.stat().st_size for file in Path(home).iterdir()),
                  "how": "相邻两字为一词、记位置、单线程；短语是两字词相连，与是两字词都有（会多给）。"}
        searcher = index.searcher()
        answer["segments"] = searcher.num_segments
        gc.disable()
        for name, make in (("phrase", phrase), ("and", conjunction)):
            def queries(words, make=make):
                return [make(index.schema, word) for word in words]

            ask(searcher, queries(present[:WARM_UP]))
            rounds = [(ask(searcher, queries(present)), ask(searcher, queries(absent))) for _ in range(ROUNDS)]
            times = {part: [min(some) for some in zip(*(one[place] for one in rounds))]
                     for place, part in enumerate(("present", "absent"))}
            missed, over = check(searcher, queries(checked), held)
            answer[name] = {"all": summary(times["present"] + times["absent"]),
                            **{part: summary(some) for part, some in times.items()}, "missed": missed, "over": over}
    print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
