"""Makes ordinary-en.txt: words of a general dictionary that are one letter away from a term of lay-en.tsv.

usage: ordinary.py [--check]
The dictionary is Debian's wamerican (SCOWL, whose notice stands in SOURCES.md). It is run again when lay-en.tsv changes.
"""

import sys

import words


def without_one(word):
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def near(left, right):
    """Whether two words differ by one letter wrong, missing or added, or by two neighbours exchanged."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    if len(left) != len(right):
        longer, shorter = (left, right) if len(left) > len(right) else (right, left)
        return shorter in without_one(longer)
    places = [i for i in range(len(left)) if left[i] != right[i]]
    if len(places) == 1:
        return True
    return len(places) == 2 and places[1] == places[0] + 1 and (left[places[0]], left[places[1]]) == (
        right[places[1]], right[places[0]])


def terms():
    lines = (words.DATA / "lay-en.tsv").read_text(encoding="utf-8").splitlines()
    lay = {words.fold(line.split("\t")[0]) for line in lines}
    single = {term for term in lay if term.isalpha() and len(term) >= 6}
    by_part = {}
    for term in single:
        for part in without_one(term) | {term}:
            by_part.setdefault(part, set()).add(term)
    found = set()
    for line in open("/usr/share/dict/american-english", encoding="utf-8"):
        word = words.fold(line.strip())
        if len(word) < 5 or not word.isalpha() or not word.isascii():
            continue
        candidates = set().union(*(by_part.get(part, set()) for part in without_one(word) | {word}))
        if word not in lay and word.rstrip("s") not in lay and any(near(word, term) for term in candidates):
            found.add(word)
    return found


words.write("ordinary-en.txt", terms(), "--check" in sys.argv)
