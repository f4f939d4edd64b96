"""What the generators of word lists share: folding, the dictionaries, and writing a list the same way each time.

The dictionaries are Debian's wamerican 2020.12.07-2 and wspanish 1.0.30; they are used to leave ordinary words out and
are no part of what is written.
"""

import hashlib
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "Sources" / "CLexicon" / "data"
DICTIONARIES = ["/usr/share/dict/american-english", "/usr/share/dict/spanish"]


def fold(text):
    """Small letters without accents, but with the tilde of ñ, as lexicons compare them."""
    text = unicodedata.normalize("NFC", text.lower()).replace("ñ", "\0")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return text.replace("\0", "ñ")


def singular(word):
    """The word without the ending that lexicons try to take off."""
    if word.endswith("s") and not word.endswith(("ss", "is", "us")) and len(word) > 5:
        return word[:-1]
    return word


def put_back():
    return set((HERE / "put-back.txt").read_text().split())


def names():
    """Given and family names that are common in the United States (Census 1990, public domain) and on one of the lists."""
    return set((HERE / "names.txt").read_text().split())


def counterexamples():
    """The words of the texts that the lists written by hand must not find."""
    found = set()
    for path in sorted(DATA.glob("lay-*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found.update(re.findall(r"[a-zñ]+", fold(line.split("\t")[4])))
    return found


def ordinary():
    """The words of general dictionaries, in the plural too, without those that were put back."""
    words = set()
    for path in DICTIONARIES:
        for line in open(path, encoding="utf-8"):
            words.add(re.sub(r"'s$", "", fold(line.strip())))
    return words - put_back()


def checked(path, sha256):
    """The path, once it is known to be the file that it should be."""
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    if digest != sha256:
        sys.exit(f"{path} is another file: its SHA-256 is {digest}")
    return path


def write(name, terms, check):
    """Writes a list, or compares it with the one that is there."""
    text = "".join(f"{term}\n" for term in sorted(terms))
    path = DATA / name
    if check:
        if not path.exists() or path.read_text() != text:
            sys.exit(f"{path} is not what this program makes")
        print(f"{name}: {len(terms)} terms, as they are kept")
    else:
        path.write_text(text)
        print(f"{name}: {len(terms)} terms")
