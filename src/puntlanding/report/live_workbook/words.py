"""In which language a workbook is written, and what its sheets are called in it."""

from __future__ import annotations

from dataclasses import dataclass

from puntlanding.language.notation import Language

Pair = tuple[str, str]

TITLES: dict[str, Pair] = {
    "guide": ("Uitleg", "Guide"),
    "agreement": ("Afspraak", "Agreement"),
    "groups": ("Vakgroepen", "Groups"),
    "formation": ("Formatie", "Formation"),
    "products_budget": ("Productie begroting", "Production budget"),
    "products_realised": ("Productie realisatie", "Production realised"),
    "products_before": ("Productie vorig jaar", "Production last year"),
    "efficiency": ("Efficiency", "Efficiency"),
    "score": ("Score", "Score"),
    "budget": ("Begroting", "Budget"),
    "realised": ("Realisatie", "Realisation"),
    "before": ("Begroting vorig jaar", "Budget last year"),
    "contract": ("Afrekening {}", "Settlement {}"),
    "together": ("Samen", "Together"),
    "pots": ("Potten", "Pots"),
    "main": ("Hoofddeel", "Main part"),
    "harmonisatie": ("Harmonisatie", "Harmonisation"),
    "disutility": ("Disutility", "Disutility"),
    "diensten": ("Diensten", "Duties"),
    "kwaliteit": ("Kwaliteit", "Quality"),
    "geoormerkt": ("Geoormerkt {}", "Earmarked {}"),
    "decisions": ("Besluiten", "Decisions"),
    "initiatives": ("Initiatieven", "Initiatives"),
    "costs_divided": ("Kosten verdeeld", "Costs divided"),
    "mutatiereserve": ("Mutatiereserve", "Mutation reserve"),
    "gedeelde_besparing": ("Gedeelde besparing", "Shared savings"),
    "overgang": ("Overgang", "Transition"),
    "vangnet": ("Vangnet", "Adaptation net"),
    "costs": ("Kosten", "Costs"),
    "distribution": ("Verdeling", "Distribution"),
    "control": ("Controle", "Control"),
    "origin": ("Herkomst", "Origin"),
}


@dataclass(frozen=True, slots=True)
class Words:
    language: Language

    def __call__(self, dutch: str, english: str) -> str:
        return dutch if self.language is Language.DUTCH else english

    def of(self, pair: Pair) -> str:
        return self(*pair)

    def title(self, key: str, number: int | None = None) -> str:
        return self.of(TITLES[key]).format("" if number is None else number).strip()
