"""Where a choice of the agreement comes from: the document and the place in it, for whoever wants to read what is meant.

A key without a line of its own has that of its section; a choice that no document knows says that it is local.
"""

from __future__ import annotations

from puntlanding.agreement.wording import Pair

CAPACITY = ("Handreiking capaciteitsbegroting (2021)", "Guideline capacity budget (2021)")
CARE = ("Handreiking passende zorg (2023)", "Guideline appropriate care (2023)")
LOCAL: Pair = ("Lokale keuze; geen document schrijft haar voor.", "A local choice; no document prescribes it.")


def _at(document: Pair, nl: str, en: str) -> Pair:
    return f"{document[0]}, {nl}", f"{document[1]}, {en}"


_PLACES: dict[str, Pair] = {
    "contract": _at(CAPACITY, "tabel 2 en rekenvoorbeelden 3–8 (bijlage 4)", "table 2 and worked examples 3–8 (appendix 4)"),
    "contract.bandbreedte": _at(CAPACITY, "rekenvoorbeeld 5 (5 %)", "worked example 5 (5 %)"),
    "contract.krimpvergoeding": _at(CAPACITY, "rekenvoorbeeld 7", "worked example 7"),
    "contract.verzekeraars": _at(CAPACITY, "hoofdstuk 1, aandachtspunt 3", "chapter 1, point of attention 3"),
    "afrekening": _at(CAPACITY, "bijlage 2, tabel 3", "appendix 2, table 3"),
    "afrekening.bandbreedte_fte": _at(CAPACITY, "bijlage 3, ‘Fte’s en bandbreedte of mutatie kader toepassing’", "appendix 3, on fte and bandwidth"),
    "weging": _at(CAPACITY, "bijlage 3, ‘Meewegen efficiency in norm fte bepaling’ (80 / 20)", "appendix 3, on weighing efficiency (80 / 20)"),
    "weging.passende_zorg": _at(CARE, "§ 2, variant 2 (70 / 20 / 10)", "§ 2, variant 2 (70 / 20 / 10)"),
    "benchmark": _at(CAPACITY, "bijlage 1, ‘Benchmark’ en ‘Ex-ante benchmark’", "appendix 1, on the benchmark and the ex-ante benchmark"),
    "kader": _at(CAPACITY, "bijlagen 2 en 3", "appendices 2 and 3"),
    "kader.vaste_component": _at(CAPACITY, "bijlage 3, ‘Vaste component (fte formatie)’", "appendix 3, on the fixed component"),
    "formatie": _at(CAPACITY, "bijlage 1, over de fte-opgave", "appendix 1, on the return of fte"),
    "prestatiemodel": _at(CAPACITY, "hoofdstuk 1, het (ex-post) prestatiemodel", "chapter 1, the (ex-post) performance model"),
    "harmonisatie": _at(CARE, "hoofdstuk 4 en bijlage 1 (financiële harmonisatie)", "chapter 4 and appendix 1 (financial harmonisation)"),
    "disutility": _at(CAPACITY, "bijlage 3, ‘Disutility’ (2–5 %)", "appendix 3, on disutility (2–5 %)"),
    "kwaliteit": _at(CAPACITY, "bijlage 3, ‘Kwaliteit’ (ten hoogste 5 %)", "appendix 3, on quality (at most 5 %)"),
    "geoormerkt": _at(CARE, "hoofdstuk 4 en bijlage 2 § 2, variant 3", "chapter 4 and appendix 2 § 2, variant 3"),
    "mutatiereserve": _at(CAPACITY, "bijlage 3, ‘Fte’s en bandbreedte of mutatie kader toepassing’", "appendix 3, on fte and bandwidth or a mutation frame"),
    "gedeelde_besparing": _at(CARE, "samenvatting en bijlage 2 § 1.A", "summary and appendix 2 § 1.A"),
    "overgang": _at(CAPACITY, "hoofdstuk 2 en bijlage 2, tabel 3 (transitievergoeding)", "chapter 2 and appendix 2, table 3 (transition compensation)"),
    "vangnet": _at(CAPACITY, "hoofdstuk 1, stap 7, en bijlage 2, tabel 3 (adaptatievangnet)", "chapter 1, step 7, and appendix 2, table 3 (adaptation net)"),
}  # fmt: skip

_LOCAL_KEYS = frozenset(
    {
        "contract.naam", "kader.bedrag", "kader.niet_uitgekeerd", "kader.afronding", "formatie.dagdelen_per_fte",
        "formatie.weken_per_jaar", "prestatiemodel.input", "prestatiemodel.output", "prestatiemodel.efficiency",
        "afrekening.maximum_overproductie",
    }
)  # fmt: skip


def cited(section: str, key: str = "") -> Pair:
    """``key`` empty: of the section as a whole."""
    name = f"{section}.{key}"
    if name in _LOCAL_KEYS:
        return LOCAL
    return _PLACES.get(name) or _PLACES.get(section) or _PLACES.get(section.partition(".")[0], LOCAL)
