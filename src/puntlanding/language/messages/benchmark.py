"""Messages of the benchmark room."""

from __future__ import annotations

BENCHMARK: dict[str, tuple[str, str]] = {
    "peers_unknown": (
        "Van dit ziekenhuis op de lijst is er geen bijdrage.{close} Voeg de bijdrage toe, of haal het van de lijst.",
        "There is no contribution of this hospital on the list.{close} Add the contribution, or take it off the list.",
    ),
    "peers_empty": (
        "Deze lijst noemt geen enkel ziekenhuis om mee te vergelijken. Vul haar aan, of vergelijk met --peers type of alle.",
        "This list names not one hospital to compare with. Complete it, or compare with --peers type or alle.",
    ),
    "benchmark_no_fte": (
        "Deze vakgroep heeft productie maar geen zorgverlening-fte, en telt daarom niet mee in de benchmark. Vul de formatie van het ziekenhuis aan en maak de bijdrage opnieuw.",
        "This group has production and no care fte, so it does not count in the benchmark. Complete the hospital's formation and make the contribution again.",
    ),
    "benchmark_no_production": (
        "Deze vakgroep heeft zorgverlening-fte maar geen productie in deze periode, en telt daarom niet mee in de benchmark. Ga na of de levering volledig is.",
        "This group has care fte and no production in this period, so it does not count in the benchmark. Check that the delivery is complete.",
    ),
    "benchmark_no_norm_times": (
        "Geen enkele code van deze vakgroep heeft een normtijd; de vakgroep telt daarom niet mee in de benchmark. Vul de normtijden aan.",
        "Not one code of this group has a norm time, so it does not count in the benchmark. Complete the norm times.",
    ),
    "benchmark_no_kind": (
        "Van dit ziekenhuis is het type niet bekend, dus er is niet te zeggen met wie het vergeleken wordt. Geef het type op bij het maken van de bijdrage, of vergelijk met --peers alle.",
        "The type of this hospital is not known, so it cannot be told whom to compare it with. Give the type when making the contribution, or compare with --peers alle.",
    ),
    "benchmark_no_peers": (
        "Deze vakgroep heeft niemand om mee te vergelijken, dus er is geen benchmark. Vergelijk met meer ziekenhuizen (--peers alle of een lijst), of spreek zelf een waarde af.",
        "This group has nobody to be compared with, so there is no benchmark. Compare with more hospitals (--peers alle or a list), or agree on a value yourselves.",
    ),
    "benchmark_one_hospital": (
        "Deze vergelijkingsgroep is één ziekenhuis: de benchmark is zijn eigen waarde, en die is voor anderen af te lezen. Vergelijk met meer ziekenhuizen.",
        "This peer group is one hospital: the benchmark is its own value, and others can read it. Compare with more hospitals.",
    ),
    "benchmark_two_hospitals": (
        "Deze vergelijkingsgroep is twee ziekenhuizen: elk kan de waarde van het andere uitrekenen, en met de eigen vakgroep uit is die waarde de benchmark. Vergelijk met meer ziekenhuizen, of vraag beide om toestemming.",
        "This peer group is two hospitals: each can compute the other's value, and with the own group out that value is the benchmark. Compare with more hospitals, or ask both for consent.",
    ),
    "benchmark_codes_missing": (
        "Codes zonder normtijd voor {year}: {count}, samen {share} % van het volume. Dat telt niet mee. Vul de normtijden aan; met --json staan alle codes in de uitvoer.",
        "Codes without a norm time for {year}: {count}, together {share} % of the volume. That does not count. Complete the norm times; --json lists all codes.",
    ),
    "norm_times_without_year": (
        "Deze lijst heeft geen normtijden voor {year} (wel voor {years}). Geef de lijst van dat jaar.",
        "This list has no norm times for {year} (it has {years}). Give the list of that year.",
    ),
    "base_year_wrong": (
        "Een ex-ante benchmark voor {year} wordt gemaakt uit {first} of {second}, en deze bijdragen zijn van {found}. Geef bijdragen van een van die jaren.",
        "An ex-ante benchmark for {year} is made from {first} or {second}, and these contributions are of {found}. Give contributions of one of those years.",
    ),
    "base_year_other": (
        "Gevraagd is basisjaar {asked}, maar dit is van {found}. Geef de bijdragen van {asked}, of kies het andere basisjaar.",
        "Base year {asked} was asked for, but this is of {found}. Give the contributions of {asked}, or choose the other base year.",
    ),
    "ex_post_year": (
        "Gevraagd is {asked}, maar dit is van {found}. Geef de bijdragen van {asked}.",
        "{asked} was asked for, but this is of {found}. Give the contributions of {asked}.",
    ),
    "weights_not_one": (
        "De gewichten tellen op tot {sum}, niet tot 1. Pas ze aan.",
        "The weights add up to {sum}, not to 1. Change them.",
    ),
    "weights_form": (
        "Geef drie gewichten van 0 of meer met een schuine streep ertussen, bijvoorbeeld 0.30/0.50/0.20.",
        "Give three weights of 0 or more with slashes between them, such as 0.30/0.50/0.20.",
    ),
    "hospital_not_there": (
        "Van dit ziekenhuis is er geen bijdrage.{close} Kies uit: {allowed}.",
        "There is no contribution of this hospital.{close} Choose from: {allowed}.",
    ),
    "publish_needs_date": (
        "Een benchmark wordt vastgesteld op een dag die u noemt. Geef --date jjjj-mm-dd.",
        "A benchmark is published on a day that you name. Give --date yyyy-mm-dd.",
    ),
    "publish_needs_reason": (
        "Voor {year} is al versie {version} vastgesteld, en deze benchmark is anders. Geef met --reason de reden van een nieuwe versie; de eerdere blijft bewaard.",
        "For {year} version {version} was published already, and this benchmark differs. Give the reason of a new version with --reason; the earlier one is kept.",
    ),
    "publish_before": (
        "Versie {version} is van {other}; een volgende kan niet van een eerdere dag zijn. Geef een latere dag met --date.",
        "Version {version} is of {other}; the next one cannot be of an earlier day. Give a later day with --date.",
    ),
    "publish_at_once": (
        "Iemand anders heeft deze versie op hetzelfde moment vastgesteld; die is bewaard, en de uwe is niet geschreven. Bekijk die versie eerst, en stel zo nodig een volgende vast met een reden.",
        "Somebody else published this version at the same moment; that one is kept and yours was not written. Look at it first, and publish a next one with a reason if need be.",
    ),
    "published_gap": (
        "Versie {version} van {year} ontbreekt in deze map, terwijl er een latere is. Zet het bestand terug; een vastgestelde versie blijft bewaard.",
        "Version {version} of {year} is missing from this folder, while there is a later one. Put the file back; a published version is kept.",
    ),
    "published_altered": (
        "Dit bestand is niet de versie waar versie {next} op volgt: het is later vervangen of gewijzigd. Zet het oorspronkelijke bestand terug.",
        "This file is not the version that version {next} follows: it was replaced or changed later. Put the original file back.",
    ),
    "published_name": (
        "De naam van dit bestand hoort bij een ander jaar of een andere versie dan erin staat ({inside}). Geef het zijn eigen naam terug.",
        "The name of this file is of another year or version than it holds ({inside}). Give it back its own name.",
    ),
    "published_none": (
        "In deze map staat geen vastgestelde benchmark. Stel er een vast met: puntlanding benchmark ex-ante … --publish.",
        "There is no published benchmark in this folder. Publish one with: puntlanding benchmark ex-ante … --publish.",
    ),
}  # fmt: skip
