"""What is wrong with a component of the agreement, or with what it needs."""

from __future__ import annotations

COMPONENTS: dict[str, tuple[str, str]] = {
    "repeated_brackets": (
        "Van [[{section}]] kunnen er meer zijn: begin elk met een regel [[{section}]], met dubbele haken.",
        "There may be several of [[{section}]]: begin each with a line [[{section}]], in double brackets.",
    ),
    "pot_name_twice": (
        "Er is al een [[geoormerkt]] met deze naam (regel {first}); hoofdletters en leestekens maken geen verschil. Geef elk budget een "
        "eigen naam.",
        "There is a [[geoormerkt]] with this name already (line {first}); capitals and punctuation make no difference. Give each "
        "budget its own name.",
    ),
    "pot_twice": (
        "{section} heeft een aandeel én een bedrag; ze kunnen niet beide gelden. Haal er een weg.",
        "{section} has a share and an amount; they cannot both hold. Remove one.",
    ),
    "pot_without_size": (
        "{section} heeft geen omvang. Geef een aandeel (deel van het kader, bijvoorbeeld aandeel = 0.03) of een bedrag.",
        "{section} has no size. Give a share (of the frame, for instance aandeel = 0.03) or an amount.",
    ),
    "keys_exclude": (
        "Deze sleutel kan niet samen met {other}. Haal een van de twee weg.",
        "This key cannot go together with {other}. Remove one of the two.",
    ),
    "one_key_of": (
        "Hier ontbreekt een sleutel van {section}: {keys}. Vul (een van) deze in.",
        "A key of {section} is missing here: {keys}. Fill in (one of) these.",
    ),
    "share_unusual": (
        "Ongebruikelijk: in de praktijk is dit {usual} van het kader. Het is uw keuze; kijk of de komma goed staat.",
        "Unusual: in practice this is {usual} of the frame. It is your choice; see whether the decimal sign is right.",
    ),
    "component_idle": (
        "Hiermee doet {section} niets. Geef een groter aandeel of haal het onderdeel weg.",
        "With this {section} does nothing. Give a larger share or remove the section.",
    ),
    "component_without_frame": (
        "{section} verdeelt geld, maar de afspraak heeft geen [kader]: het heeft geen werking. Voeg [kader] met een bedrag toe.",
        "{section} divides money, but the agreement has no [kader]: it has no effect. Add [kader] with an amount.",
    ),
    "pots_exceed_frame": (
        "De potten zijn samen € {taken}, meer dan het kader van € {frame}: {parts}. Maak er een kleiner.",
        "The pots are € {taken} together, more than the frame of € {frame}: {parts}. Make one of them smaller.",
    ),
    "pots_exceed_frame_now": (
        "Met de fte van dit jaar zijn de potten samen € {taken}, meer dan het kader van € {frame}: {parts}. Maak er een kleiner; "
        "deze is de grootste.",
        "With the fte of this year the pots are € {taken} together, more than the frame of € {frame}: {parts}. Make one of them "
        "smaller; this one is the largest.",
    ),
    "pot_without_key": (
        "De pot van {section} kan niet worden verdeeld: de punten of scores (maal de grondslag) zijn voor iedereen 0. Vul ze in, of "
        "haal het onderdeel weg.",
        "The pot of {section} cannot be divided: the points or scores (times the base) are 0 for everyone. Fill them in, or remove "
        "the section.",
    ),
    "pot_without_scores": (
        "In scores staat geen enkele rij voor deze pot. Voeg er rijen toe met pot = {pot}, een per vakgroep.",
        "There is no row for this pot in scores. Add rows with pot = {pot}, one per group.",
    ),
    "pot_unknown": (
        "Geen geoormerkt budget met deze naam leest zijn scores hier; de rij telt niet.{close} Wel: {pots}.",
        "No earmarked budget with this name reads its scores here; the row does not count.{close} These do: {pots}.",
    ),
    "component_without_data": (
        "{section} heeft de lijst {list} nodig, met ten minste één rij; die is er niet. Voeg de lijst toe of haal het onderdeel weg.",
        "{section} needs the list {list}, with at least one row; it is not there. Add the list or remove the section.",
    ),
    "group_missing_in_list": (
        "Deze vakgroep staat niet in {list}; weglaten zou als nul tellen. Voeg een rij toe, desnoods met 0.",
        "This group is not in {list}; leaving it out would count as zero. Add a row, with 0 if need be.",
    ),
    "group_missing_in_scores": (
        "Deze vakgroep heeft in scores geen rij voor pot ‘{pot}’; weglaten zou als nul tellen. Voeg een rij toe, desnoods met 0.",
        "This group has no row in scores for pot ‘{pot}’; leaving it out would count as zero. Add a row, with 0 if need be.",
    ),
    "row_alike": (
        "Deze rij is in alles gelijk aan rij {first}; beide tellen mee. Verwijder er een als zij een kopie is.",
        "This row is the same as row {first} in everything; both count. Remove one if it is a copy.",
    ),
    "list_idle": (
        "Deze lijst telt niet mee: geen onderdeel van de afspraak vraagt om {list}.",
        "This list does not count: no section of the agreement asks for {list}.",
    ),
    "duty_weight_missing": (
        "In {table} staat geen gewicht voor intensiteit ‘{intensity}’ dat in {year} geldt. Voeg een rij toe met vanaf = {year} of eerder.",
        "In {table} there is no weight for intensity ‘{intensity}’ that holds in {year}. Add a row with vanaf = {year} or earlier.",
    ),
    "decision_negative": (
        "Een besluit over de reserve kent toe; het kan niet negatief zijn. Verbeter het bedrag.",
        "A decision on the reserve grants; it cannot be negative. Correct the amount.",
    ),
    "decisions_exceed_reserve": (
        "De besluiten in mutaties zijn samen € {decided}, meer dan de reserve van € {reserve}. Verlaag een besluit of verhoog de reserve.",
        "The decisions in mutaties are € {decided} together, more than the reserve of € {reserve}. Lower a decision or raise the reserve.",
    ),
    "savings_negative": (
        "De kosten waren hoger dan de basislijn ({baseline}): er is niets bespaard. Verbeter een van beide, of haal het initiatief weg.",
        "The cost was higher than the baseline ({baseline}): nothing was saved. Correct either, or remove the initiative.",
    ),
    "net_unpayable": (
        "Het vangnet kan niet uit het kader worden betaald: nodig is € {needed}, en boven de ondergrenzen ligt samen maar € {there}. "
        "Sta een grotere daling toe, of beperk het vangnet tot enkele vakgroepen.",
        "The net cannot be paid from the frame: € {needed} is needed, and together only € {there} is above the floors. Allow a larger "
        "fall, or limit the net to some groups.",
    ),
    "net_group_unknown": (
        "Er is geen vakgroep ‘{group}’.{close} De vakgroepen zijn: {groups}.",
        "There is no group ‘{group}’.{close} The groups are: {groups}.",
    ),
    "years_order": (
        "Het laatste jaar ligt vóór het eerste ({first}). Wissel ze om of verbeter een van beide.",
        "The last year is before the first ({first}). Exchange them or correct one.",
    ),
}  # fmt: skip
