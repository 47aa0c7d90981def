"""The draft of a mapping as a user sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from puntlanding.intake.mapping import draft_mapping
from puntlanding.problems import InputError

pytestmark = pytest.mark.unit

TRAJECTORIES = """\
DBCNUMMER;EPISODENR;Pat.nr;Naam;Spec;Diag;BEGINDAT;EINDDAT;Geslacht
S1;Z1;P1;Jansén;ORT;1701;02-01-2026;02-04-2026;Mnl
S2;Z2;P2;Jansén;XYZ;1701;03-04-2026;31-12-9999;Onb
"""
ACTIVITIES = """\
DBCNUMMER,Begindatums,X,Y
S1,2026-01-13,190060,3
S2,2026-01-14,039839,3
"""
NAMELESS = "123456;12-03-1956;Jansen\n123457;12-03-1957;Pietersen\n"
DRAFT = """\
# Koppeling: waar onze kolommen in uw export staan. Ontworpen uit kolomnamen en een deel van de rijen; controleer elke regel.
# zeker = naam en waarden passen. vermoedelijk = een van beide past; controleer. Alles na een # is uitleg.
# Links staat steeds onze naam, rechts de uwe. Daarna: puntlanding intake check BRON --mapping DIT_BESTAND

[subtrajecten]
bestand = "dbc [1].csv"  # zeker
codering = "windows-1252"  # vermoedelijk: controleer of letters als é goed staan
datumvorm = "dd-mm-jjjj"  # zeker
leeg = ["31-12-9999"]  # vermoedelijk: controleer

[subtrajecten.kolommen]
subtraject_id = "DBCNUMMER"  # zeker
zorgtraject_id = "EPISODENR"  # zeker
patient = "Pat.nr"  # zeker
specialisme = "Spec"  # vermoedelijk: controleer
diagnose = "Diag"  # zeker
openingsdatum = "BEGINDAT"  # zeker
sluitdatum = "EINDDAT"  # zeker
geslacht = "Geslacht"  # zeker
# Ontbreekt en is nodig: zorgtype = ""  # 11 regulier, 21 vervolg, …
# Niet gevonden, mag ontbreken: afsluitreden = ""  # waarom het sloot
# Niet gevonden, mag ontbreken: zorgproduct = ""  # afgeleid zorgproduct, negen cijfers
# Niet gevonden, mag ontbreken: declaratiecode = ""  # declaratiecode van het zorgproduct
# Niet gevonden, mag ontbreken: verzekeraar = ""  # UZOVI-code van de verzekeraar
# Ontbreekt en is nodig (of geboortedatum): geboortejaar = ""  # alleen het jaar
# Niet gevonden, mag ontbreken: geregistreerd_op = ""  # dag waarop het subtraject voor het eerst was vastgelegd
# Niet gevonden, mag ontbreken: product_bekend_op = ""  # dag waarop het zorgproduct bekend werd
# Niet gebruikt: Naam

[subtrajecten.waarden.specialisme]  # vermoedelijk: controleer
"ort" = "0305"
# Nog 1 andere waarden gevonden: vul ze aan, anders blijven ze leeg.

[subtrajecten.waarden.geslacht]  # vermoedelijk: controleer
"mnl" = "M"
"onb" = "O"

[zorgactiviteiten]
bestand = "za.csv"  # vermoedelijk: controleer

[zorgactiviteiten.kolommen]
subtraject_id = "DBCNUMMER"  # zeker
za_code = "X"  # vermoedelijk: controleer
# Ontbreekt en is nodig: datum = ""  # dag van uitvoering; qua waarden misschien: Begindatums
# Ontbreekt en is nodig: aantal = ""  # hoe vaak; negatief is een correctie
# Ontbreekt en is nodig: specialisme_uitvoerder = ""  # AGB-code van wie het uitvoerde
# Niet gevonden, mag ontbreken: specialisme_aanvrager = ""  # AGB-code van wie het aanvroeg
# Niet gevonden, mag ontbreken: geregistreerd_op = ""  # dag waarop de activiteit was vastgelegd
# Niet gebruikt: Begindatums, Y

# Bestanden die niet zijn gebruikt:
# lab.csv: lijkt op geen van onze tabellen
# kaal.csv: De eerste regel bevat geen kolomnamen. Maak de export opnieuw met kolomnamen op de eerste regel, gescheiden door puntkomma, komma of tab.
# scan.txt: Dit bestand heet .csv maar is een PDF-document (8 bytes). Bewaar de tabel opnieuw als ‘CSV UTF-8’.
"""


def test_a_draft_says_how_sure_it_is_what_is_missing_and_no_value_of_a_patient(tmp_path: Path) -> None:
    (tmp_path / "dbc [1].csv").write_bytes(TRAJECTORIES.encode("cp1252"))
    (tmp_path / "za.csv").write_text(ACTIVITIES, encoding="utf-8")
    (tmp_path / "kaal.csv").write_text(NAMELESS, encoding="utf-8")
    (tmp_path / "lab.csv").write_text("monster;uitslag\n1;2\n", encoding="utf-8")
    (tmp_path / "scan.txt").write_bytes(b"%PDF-1.7")
    assert draft_mapping(tmp_path) == DRAFT


def test_where_there_is_nothing_to_look_at_that_is_said(tmp_path: Path) -> None:
    for source, code in ((tmp_path, "source_without_tables"), (tmp_path / "nergens", "source_not_found")):
        with pytest.raises(InputError) as raised:
            draft_mapping(source)
        assert [one.code for one in raised.value.problems] == [code]
