#!/usr/bin/env python3
"""Writes the tables of time zones and places by telephone prefix, and of area codes newer than Debian's
libphonenumber.

    python3 Scripts/number-zones.py           writes the files
    python3 Scripts/number-zones.py --check   exits with 1 when a file differs from what would be written

Needs pip; the packages go into a temporary folder. To move to newer data, change the versions below, run, and
read the difference: each line of it is a rule about when a patient may be called.

Where the zones come from:
- Country code 1: libphonenumber's zones by prefix. Numbers are ported between exchanges, so an area code gets the
  zones of all of its prefixes, and each code of an overlay gets those of all codes that serve the same territory:
  the library lists only one zone for most overlays of a divided area. A few codes are corrected by hand below.
- Other country codes: all zones that tz's zone.tab gives for the countries that share the code. libphonenumber's
  own names are stand-ins there (Algeria as Paris), which are wrong on the days when one of the two changes its
  clocks.

Where the places come from:
- Country code 1: the states and provinces that libphonenumber names for the prefixes of an area code, put together
  over the codes of an overlay like the zones.
- Other country codes: the countries that share the code.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

PHONENUMBERS = "9.0.43"
TZDATA = "2026.6"
DEBIAN = "8.12.57"  # libphonenumber of Debian 12, whose area codes need no help

ROOT = pathlib.Path(__file__).resolve().parent.parent
ZONES = ROOT / "Sources/OutreachCore/Contact/NumberZones+Data.swift"
PLACES = ROOT / "Sources/OutreachCore/Contact/NumberPlaces+Data.swift"
OPENED = ROOT / "Sources/OutreachImport/OpenedAreaCodes+Data.swift"

# Area codes that serve the territory of another one which is divided between zones, or spreads over it.
OVERLAYS = [
    ("208", "986"),  # Idaho
    ("270", "364"),  # western Kentucky
    ("541", "458"),  # Oregon outside Portland and Salem
    ("812", "930"),  # southern Indiana
    ("850", "448"),  # Florida's panhandle
    ("250", "236", "257", "672", "778"),  # British Columbia
    ("418", "367", "581"),  # eastern Quebec
    ("709", "879"),  # Newfoundland and Labrador
]

# Area codes for which the library has the zone of another state.
CORRECTIONS = {
    "474": {"America/Regina"},  # Saskatchewan, over 306 and 639; the library says Winnipeg
    "689": {"America/New_York"},  # central Florida, over 407; the library says Chicago
}

STATES = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO",
    "Connecticut": "CT", "Delaware": "DE", "Florida": "FL", "Georgia": "GA", "Hawaii": "HI", "Idaho": "ID",
    "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA",
    "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN",
    "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV",
    "New Hampshire": "NH", "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY", "North Carolina": "NC",
    "North Dakota": "ND", "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA",
    "Rhode Island": "RI", "South Carolina": "SC", "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX",
    "Utah": "UT", "Vermont": "VT", "Virginia": "VA", "Washington D.C.": "DC", "Washington State": "WA",
    "West Virginia": "WV", "Wisconsin": "WI", "Wyoming": "WY",
}

PROVINCES = {
    "Alberta": "AB", "British Columbia": "BC", "British Colombia": "BC", "Manitoba": "MB", "New Brunswick": "NB",
    "Newfoundland and Labrador": "NL", "Northwest Territories": "NT", "Nova Scotia": "NS", "Nunavut": "NU",
    "Ontario": "ON", "Prince Edward Island": "PE", "Quebec": "QC", "Saskatchewan": "SK", "Yukon": "YT",
}

# Countries under country code 1 that are territories of the United States.
TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}

PROBE = """
import json, sys
sys.path.insert(0, sys.argv[1])
import phonenumbers
from phonenumbers import PhoneNumber, is_valid_number
codes = [str(n) for n in range(200, 1000)]
valid = {}
for code in codes:
    # Valid for how many of the exchanges 200-999 with an ordinary line number.
    valid[code] = sum(
        is_valid_number(PhoneNumber(country_code=1, national_number=int(f"{code}{exchange}2345")))
        for exchange in range(200, 1000))
print(json.dumps(valid))
"""


def install(folder, *requirements):
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
         "--target", str(folder), *requirements],
        check=True)


def valid_exchanges(folder):
    run = subprocess.run(
        [sys.executable, "-c", PROBE, str(folder)], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def north_american_zones(prefixes):
    zones = {}
    for prefix, names in prefixes.items():
        if prefix.startswith("1") and len(prefix) >= 4:
            zones.setdefault(prefix[1:4], set()).update(names)
    zones.update(CORRECTIONS)
    for group in OVERLAYS:
        union = set().union(*(zones.get(code, set()) for code in group))
        for code in group:
            zones[code] = union
    return zones


def country_zones(prefixes, regions, zone_tab):
    by_country = {}
    for line in zone_tab.splitlines():
        if line and not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            by_country.setdefault(country, set()).add(name)
    zones = {}
    for code, countries in regions.items():
        if code == 1 or "001" in countries:
            continue  # 001: satellite networks, international freephone and the like belong to no place
        # Countries that zone.tab does not list (Kosovo, Ascension, Tristan da Cunha) take the library's zone.
        missing = [country for country in countries if country not in by_country]
        union = set().union(*(by_country.get(country, set()) for country in countries))
        if missing or not union:
            union.update(prefixes.get(str(code), ()))
        if union:
            zones[str(code)] = union
    return zones


def north_american_places(names, codes, region_of):
    """The places of area codes; `names` are libphonenumber's English ones by prefix."""
    described = {}
    for prefix, languages in names.items():
        if prefix.startswith("1") and len(prefix) >= 4 and "en" in languages:
            described.setdefault(prefix[1:4], set()).add(languages["en"])
    places = {}
    for code in codes:
        regions = {region_of(code, exchange) for exchange in range(200, 1000, 7)} - {None}
        found = {region for region in regions if region not in TERRITORIES}
        found |= {f"US-{region}" for region in regions & TERRITORIES}
        if regions & TERRITORIES:
            found.add("US")
        for country, parts in (("US", STATES), ("CA", PROVINCES)):
            if country not in regions:
                continue
            words = {word for text in described.get(code, ()) for word in text.split(", ")[-1].split("/")}
            known = {parts.get(word) or (word if word in parts.values() else None) for word in words} - {None}
            if not known:
                sys.exit(f"area code {code}: libphonenumber names no state or province; add it by hand")
            found |= {f"{country}-{part}" for part in known}
        if not found:
            sys.exit(f"area code {code}: it has zones and belongs to no country")
        places[code] = found
    for group in OVERLAYS:
        union = set().union(*(places.get(code, set()) for code in group))
        for code in group:
            places[code] = union
    return places


def country_places(regions):
    """The countries of all other codes but those of satellite networks and the like."""
    return {str(code): set(countries) for code, countries in regions.items() if code != 1 and "001" not in countries}


def wrap(head, words, width=104):
    """Lines of at most `width` columns that Swift joins to one: a backslash takes the line's end away."""
    lines, line = [], head
    for word in words:
        if len(line) + 1 + len(word) + 2 > width:
            lines.append(line + " \\")
            line = word
        else:
            line = f"{line} {word}" if line else word
    return lines + [line]


def table(zones):
    """One line a set of zones: their names, a colon, the codes that have them."""
    by_set = {}
    for code, names in zones.items():
        by_set.setdefault(tuple(sorted(names)), []).append(code)
    logical, physical = [], []
    for names, codes in sorted(by_set.items()):
        words = list(names)
        words[-1] += ":"
        words += sorted(codes, key=lambda code: (len(code), code))
        logical.append(" ".join(words))
        physical.extend(wrap("", words))
    return "\n".join(logical), physical


def fnv1a(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def literal(name, comment, physical):
    body = "\n".join(f"    {line}" for line in physical)
    return f'  /// {comment}\n  static let {name} = """\n{body}\n    """\n'


def notice(sources):
    return (
        "// Made by Scripts/number-zones.py; do not edit.\n"
        "//\n"
        + "".join(f"// {line}\n" for line in sources)
        + "//\n"
        "// Derived from libphonenumber, Copyright (C) The Libphonenumber Authors, by way of the Python package\n"
        f"// phonenumbers {PHONENUMBERS}, licensed under the Apache License, Version 2.0\n"
        "// (http://www.apache.org/licenses/LICENSE-2.0). Changed: reduced to the tables below.\n"
    )


def render():
    with tempfile.TemporaryDirectory() as temporary:
        new, old = pathlib.Path(temporary, "new"), pathlib.Path(temporary, "old")
        install(new, f"phonenumbers=={PHONENUMBERS}", f"tzdata=={TZDATA}")
        install(old, f"phonenumbers=={DEBIAN}")
        sys.path.insert(0, str(new))
        from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneNumber, region_code_for_number
        from phonenumbers.geodata import GEOCODE_DATA
        from phonenumbers.tzdata import TIMEZONE_DATA

        zone_tab = (new / "tzdata/zoneinfo/zone.tab").read_text()
        source = hashlib.sha256(json.dumps(sorted(TIMEZONE_DATA.items())).encode()).hexdigest()
        tab_source = hashlib.sha256(zone_tab.encode()).hexdigest()
        nanp = north_american_zones(TIMEZONE_DATA)
        countries = country_zones(TIMEZONE_DATA, COUNTRY_CODE_TO_REGION_CODE, zone_tab)
        names = {prefix: text for prefix, text in GEOCODE_DATA.items() if prefix.startswith("1")}
        name_source = hashlib.sha256(json.dumps(sorted(names.items())).encode()).hexdigest()
        nanp_places = north_american_places(
            names, nanp,
            lambda code, exchange: region_code_for_number(PhoneNumber(1, int(f"{code}{exchange}2345"))))
        now, then = valid_exchanges(new), valid_exchanges(old)

    nanp_text, nanp_lines = table(nanp)
    country_text, country_lines = table(countries)
    zones_file = (
        notice([f"phonenumbers {PHONENUMBERS}, zones by prefix, SHA-256:", f"  {source}",
                f"tzdata {TZDATA} (public domain), zone.tab, SHA-256:", f"  {tab_source}"])
        + "\nextension NumberZones {\n"
        + literal("northAmerica", "The zones of area codes under country code 1.", nanp_lines)
        + "\n"
        + literal("countries", "The zones of all other country codes.", country_lines)
        + "\n"
        + "  /// FNV-1a (64 bits) of `northAmerica`, a line feed and `countries`.\n"
        + f"  package static let checksum: UInt64 = {grouped(fnv1a(nanp_text + chr(10) + country_text))}\n"
        + "}\n"
    )

    nanp_text, nanp_lines = table(nanp_places)
    country_text, country_lines = table(country_places(COUNTRY_CODE_TO_REGION_CODE))
    places_file = (
        notice([f"phonenumbers {PHONENUMBERS}, names by prefix, SHA-256:", f"  {name_source}"])
        + "\nextension NumberPlaces {\n"
        + literal("northAmerica", "The places of area codes under country code 1.", nanp_lines)
        + "\n"
        + literal("countries", "The countries of all other country codes.", country_lines)
        + "\n"
        + "  /// FNV-1a (64 bits) of `northAmerica`, a line feed and `countries`.\n"
        + f"  package static let checksum: UInt64 = {grouped(fnv1a(nanp_text + chr(10) + country_text))}\n"
        + "}\n"
    )

    # A code counts as opened when no exchange of it was valid then and all are now, or nearly all: one hundred of
    # 983 are held back. Codes of territories, where the exchange decides, are left out by that, and so are codes
    # without a zone.
    opened = sorted(code for code in nanp if now[code] >= 700 and then[code] == 0)
    opened_file = (
        notice([
            f"Area codes that phonenumbers {PHONENUMBERS} has and {DEBIAN}, the version of Debian 12, has not."])
        + "\nextension OpenedAreaCodes {\n"
        + literal("list", "The area codes.", wrap("", opened))
        + "}\n"
    )
    return {ZONES: zones_file, PLACES: places_file, OPENED: opened_file}


def grouped(value):
    digits = f"{value:016X}"
    return "0x" + "_".join(digits[i:i + 4] for i in range(0, 16, 4))


def main():
    files = render()
    if "--check" in sys.argv[1:]:
        stale = [path for path, text in files.items() if not path.exists() or path.read_text() != text]
        for path in stale:
            print(f"{path.relative_to(ROOT)}: differs from what Scripts/number-zones.py writes", file=sys.stderr)
        sys.exit(1 if stale else 0)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


main()
