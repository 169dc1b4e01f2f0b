"""Who reports: the administration that a document is of."""

from __future__ import annotations

import re

from bokslut.transcription.reading import words
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import code, normal
from bokslut.transcription.reading.stream import BEGINNING, Paragraph
from bokslut.transcription.reading.tables.table import total
from bokslut.transcription.reading.template import administration_in

OF_A_BOARD = re.compile(
    r"\b(?P<name>(?:[A-ZÅÄÖ]|(?<=för )[a-zåäö])(?:(?! för )[\wåäöÅÄÖ&,\- ]){2,60}?"
    r"(?:nämnden?|förvaltningen?|styrelsen?|kontoret))(?:s\b|\b)(?! ordf)"
)


OF_A_TITLE = re.compile(
    r"(?P<name>[A-ZÅÄÖ](?:(?!kommun)[\wåäöÅÄÖ&,\- ]){4,50}?)s (?:verksamhetsber.{1,2}ttelse|"
    r".{1,2}rs(?:rapport|ber.{1,2}ttelse)|bokslut)\b"
)
"""*Hemsjukvårdens verksamhetsberättelse*, of one that is neither a board nor an office."""


OF_A_COMPANY = re.compile(
    r"(?P<name>[A-ZÅÄÖ][\wåäöÅÄÖ&\- ]{2,50} AB|[A-ZÅÄÖ][\wåäöÅÄÖ-]*förbundet?(?: [A-ZÅÄÖ][\w-]+)*)"
    r"(?: \d{4})?$"
)


OF_A_MUNICIPALITY = re.compile(r"\b(?P<name>[A-ZÅÄÖ][\wåäö-]+) kommun(?:s|en|ens)?\b")


LONGEST = 160
"""How many letters a title has at most."""


JOINING = ("och", "samt", "&", "för", "i")


def names_alone(said: list[str]) -> list[str]:
    """The words of a name, without those before it that can be no part of one: *Kvalitet enligt*,
    *Räddningstjänsten lyder under*."""
    for index in range(len(said) - 2, -1, -1):
        before = said[index - 1] if index else ""
        is_joined = before in JOINING or before.endswith((",", "-"))
        # *miljö- och byggnadsnämnden*
        is_joined = is_joined or said[index].endswith("-")
        if said[index][0].islower() and said[index] not in JOINING and not is_joined:
            return said[index + 1 :]
    return said


def administration(document: Document) -> tuple[str, str]:
    """Code and name of the administration that a document is of: a known one that its beginning
    names.

    A name that no seed knows is taken from the words *nämnd*, *förvaltning* and the like.
    """
    first = document.stream.beginning
    known = {
        r["administration_name"]: r["administration_code"]
        for r in document.template.reports.values()
    }
    if name := administration_in(first, known):
        return known[name], name
    # What a table has rows of is not who reports.
    printed = [b.text for b in document.stream.blocks[:BEGINNING] if isinstance(b, Paragraph)]
    short = [text for text in printed if len(text) < LONGEST]
    titles = [text for text in short if text[-1:] not in ".!:"]
    municipality = next(filter(None, map(OF_A_MUNICIPALITY.search, titles)), None)
    is_of_all = municipality and any("årsredovisning" in text.lower() for text in titles)
    for text in titles if is_of_all else [*titles, *short]:
        if found := OF_A_BOARD.search(text):
            said = names_alone(found["name"].split())
            # A sum of units is no name of its own.
            name = " ".join(said[1:] if total(said[0]) else said)
            others = words.listed("any_administration") + words.listed("authorities")
            if name and normal(name) not in map(normal, others):
                return code(name), name[0].upper() + name[1:]
    of_others = (p.match(t) for t in titles for p in (OF_A_TITLE, OF_A_COMPANY))
    for found in filter(None, () if is_of_all else of_others):
        return code(found["name"]), found["name"]
    if municipality and is_of_all:
        return "kommunen", f"{municipality['name']} kommun"
    return "forvaltningen", "Förvaltningen"
