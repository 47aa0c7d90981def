"""What is wrong with a run over several years."""

from __future__ import annotations

YEARS: dict[str, tuple[str, str]] = {
    "years_one": (
        "Dit is één jaar. Geef ten minste twee cases, van jaren die op elkaar volgen; voor één jaar is er puntlanding run.",
        "This is one year. Give at least two cases, of years that follow each other; for one year there is puntlanding run.",
    ),
    "years_many": (
        "Dit zijn {value} jaren; naast elkaar leesbaar zijn er hooguit {most}. Bereken ze in twee keer.",
        "These are {value} years; at most {most} can be read side by side. Compute them in two goes.",
    ),
    "years_twice": (
        "Het jaar {year} staat al in {other}. Geef elk jaar één keer, of zet het goede jaar in de afspraak.",
        "The year {year} is in {other} already. Give each year once, or put the right year in the agreement.",
    ),
    "years_gap": (
        "Tussen dit jaar en {before} ({other}) ontbreekt {lacking}. Geef ook de case van {lacking}, of begin na het gat.",
        "Between this year and {before} ({other}) {lacking} is missing. Give the case of {lacking} too, or begin after the gap.",
    ),
    "years_organisation": (
        "In {before} heet de organisatie ‘{other}’. Is het dezelfde, schrijf de naam dan gelijk; zijn het er twee, bereken ze dan apart.",
        "In {before} the organisation is called ‘{other}’. If it is the same, write its name the same; if they are two, compute them apart.",
    ),
    "years_no_budget": (
        "Voor {contract} is de begroting van {before} nodig, en die heeft de case van {before} ({other}) niet voor deze vakgroep. "
        "Noem het contract in beide jaren gelijk, of voeg hier een rij met jaar {before} toe.",
        "{contract} needs the budget of {before}, and the case of {before} ({other}) has none for this group. "
        "Call the contract the same in both years, or add a row with year {before} here.",
    ),
    "years_budget_differs": (
        "Hier staat als begroting van {before} voor {contract} {here}, en in {other} {there}. Verbeter een van de twee, of laat de rijen van "
        "{before} hier weg.",
        "Here the budget of {before} for {contract} is {here}, and in {other} it is {there}. Correct one of the two, or leave out the rows of "
        "{before} here.",
    ),
    "years_amount_differs": (
        "Hier staat als bedrag van {before} € {here}, en {other} komt uit op € {there} (vóór algemene kosten en zonder eenmalige overgang). "
        "Verbeter een van de twee, of laat vorig_jaar weg.",
        "Here the amount of {before} is € {here}, and {other} comes to € {there} (before general costs and without the one-off transition). "
        "Correct one of the two, or leave out vorig_jaar.",
    ),
    "years_no_reserve": (
        "Uit {before} ({other}) gaat € {amount} naar de mutatiereserve van dit jaar, en die is er niet. Voeg [mutatiereserve] toe, of kies in "
        "de afspraak van {before} een ander saldo.",
        "From {before} ({other}) € {amount} goes to this year's mutation reserve, and there is none. Add [mutatiereserve], or choose another "
        "saldo in the agreement of {before}.",
    ),
    "years_before_unknown": (
        "Nodig is {what} van {before}, en dat is niet te berekenen door wat er in {root} ontbreekt: {why}",
        "This needs {what} of {before}, which cannot be computed for what is missing in {root}: {why}",
    ),
}  # fmt: skip
