"""What is wrong with an agreement as it was typed in the browser."""

from __future__ import annotations

WEB_AGREEMENT: dict[str, tuple[str, str]] = {
    "working_copy_large": (
        "Dit is meer dan een concept kan bevatten ({megabytes} MB). Leg eerst vast wat u heeft.",
        "This is more than a draft can hold ({megabytes} MB). Confirm what you have first.",
    ),
    "working_copy_stale": (
        "Dit concept is intussen in een ander venster gewijzigd. Wat u hier typte staat er nog; kijk het na en bewaar opnieuw.",
        "This draft was changed in another window meanwhile. What you typed here is still there; check it and save again.",
    ),
    "typed_number": (
        "‘{value}’ is geen getal. Schrijf het als {example}: een {sign} voor de decimalen.",
        "‘{value}’ is no number. Write it as {example}: a {sign} before the decimals.",
    ),
    "typed_pair": (
        "Vul beide grenzen in, of laat ze allebei leeg.",
        "Fill in both bounds, or leave both empty.",
    ),
    "typed_date": (
        "‘{value}’ is geen datum. Kies een dag, of schrijf JJJJ-MM-DD.",
        "‘{value}’ is no date. Choose a day, or write YYYY-MM-DD.",
    ),
    "typed_name_missing": (
        "Geef hier een naam bij, of maak het getal leeg.",
        "Give this a name, or empty the number.",
    ),
    "typed_name_twice": (
        "‘{value}’ staat er al. Geef elk een eigen naam, of haal er een weg.",
        "‘{value}’ is there already. Give each a name of its own, or take one away.",
    ),
    "agreement_in_workbook": (
        "De afspraak van deze versie staat in een werkmap en is daar te wijzigen: pas het blad afspraak aan en lever de werkmap opnieuw aan.",
        "The agreement of this version is in a workbook and can be changed there: change the sheet afspraak and deliver the workbook again.",
    ),
    "agreement_same": (
        "Er is nog niets gewijzigd. Wijzig eerst de afspraak; daarna is zij vast te leggen.",
        "Nothing was changed yet. Change the agreement first; then it can be confirmed.",
    ),
    "agreement_newer": (
        "{version} is gemaakt nadat u begon. Kijk wat daarin anders is en neem uw wijzigingen mee op die versie.",
        "{version} was made after you began. See what differs in it and take your changes along on that version.",
    ),
    "proposal_not_toml": (
        "Dit is geen voorstel dat te lezen is. Kies een bestand afspraak.toml, of een aanvulling daarop, van hooguit 1 MB.",
        "This is no proposal that can be read. Choose a file afspraak.toml, or an overlay on it, of at most 1 MB.",
    ),
    "typed_missing": (
        "Dit hoort erbij, en is nog leeg. Vul het in{example}.",
        "This belongs here, and is still empty. Fill it in{example}.",
    ),
    "typed_choice_missing": (
        "Hier is nog niets gekozen. Kies een van de mogelijkheden.",
        "Nothing was chosen here yet. Choose one of them.",
    ),
    "typed_range": (
        "Dit ligt buiten het bereik: van {lowest} tot en met {highest}.",
        "This is out of range: from {lowest} to {highest}.",
    ),
    "typed_at_least": (
        "Dit is te laag: ten minste {lowest}.",
        "This is too low: at least {lowest}.",
    ),
    "typed_weights_sum": (
        "Deze gewichten zijn samen {sum} %, en moeten samen 100 % zijn. Pas er een aan.",
        "These weights are {sum} % together, and must be 100 % together. Change one of them.",
    ),
    "typed_pot_without_size": (
        "Dit heeft nog geen omvang. Vul een deel van het kader in, of een bedrag.",
        "This has no size yet. Fill in a share of the frame, or an amount.",
    ),
    "typed_pot_twice": (
        "Hier staat een deel van het kader én een bedrag; ze kunnen niet beide gelden. Maak er een leeg.",
        "Here are a share of the frame and an amount; they cannot both hold. Empty one of them.",
    ),
}
