"""What a case that takes its figures from the store lacks, and what the store says that the case does not use."""

from __future__ import annotations

LINKED: dict[str, tuple[str, str]] = {
    "linked_no_store": (
        "Dit is geen opslag van puntlanding. Controleer het pad, of laad eerst een levering met: puntlanding intake load",
        "This is no store of puntlanding. Check the path, or load a delivery first with: puntlanding intake load",
    ),
    "linked_hospital": (
        "Van dit ziekenhuis is niets geladen.{close} In de opslag staan: {allowed}.",
        "Nothing of this hospital was loaded.{close} The store has: {allowed}.",
    ),
    "linked_output": (
        "Hier staan de records van de opslag; daar wordt geen uitkomst geschreven. Kies een plaats buiten de opslag.",
        "The records of the store stand here; no result is written among them. Choose a place outside the store.",
    ),
    "linked_year_needed": (
        "Zonder CASE is het jaar nodig. Geef het, bijvoorbeeld --year 2026; de case staat dan in de opslag als ZIEKENHUIS/case-2026.",
        "Without CASE the year is needed. Give it, for instance --year 2026; the case is then in the store as HOSPITAL/case-2026.",
    ),
    "linked_other_year": (
        "Deze afspraak is van {found}, en gevraagd is {year}. Kies de case van dat jaar, of laat --year weg.",
        "This agreement is of {found}, and {year} was asked for. Choose the case of that year, or leave --year out.",
    ),
    "linked_rest": (
        "Productie komt uit de opslag, maar van deze contracten staat niet bij welke verzekeraars eronder vallen. Noem ze met verzekeraars = [\"3311\"]; één contract mag zonder: dat krijgt de rest.",
        "Production comes from the store, but these contracts do not say which insurers fall under them. Name them with verzekeraars = [\"3311\"]; one contract may go without: it has the rest.",
    ),
    "linked_contract_name": (
        "Deze naam betekent in een bijdrage iets anders. Geef dit contract een andere naam.",
        "This name means something else in a contribution. Give this contract another name.",
    ),
    "linked_group_twice": (
        "De opslag kent productie per specialisme en rol; {other} heeft ook {specialism} {role}. Voeg de twee samen, of geef begroting, realisatie en prognose zelf op.",
        "The store has production by specialism and role; {other} is {specialism} {role} too. Make one of the two, or give begroting, realisatie and prognose yourself.",
    ),
    "linked_norm_times": (
        "Om aantallen uit de opslag in normuren om te rekenen is de lijst normtijden nodig. Zet normtijden.csv in {folder}.",
        "To turn volumes from the store into norm hours the list normtijden is needed. Put normtijden.csv into {folder}.",
    ),
    "linked_year_missing": (
        "De opslag heeft van dit jaar nog niets, en dat is nodig voor {table} {year}. Laad een levering met dat jaar, of zet {table}.csv in de case.",
        "The store has nothing of this year yet, and {table} {year} needs it. Load a delivery with that year, or put {table}.csv into the case.",
    ),
    "linked_year_unknown": (
        "Op {day} was van dit jaar nog niets bekend, en dat is nodig voor {table} {year}. Kies een latere dag met --as-of, of zet {table}.csv in de case.",
        "On {day} nothing was known of this year yet, and {table} {year} needs it. Choose a later day with --as-of, or put {table}.csv into the case.",
    ),
    "linked_year_open": (
        "Een levering van vóór {day} is er niet, en van {share} % van dit jaar was op die dag nog geen zorgproduct bekend: de begroting {year} zou daarmee te laag worden. Zet begroting.csv in de case, of kies een latere dag.",
        "There is no delivery from before {day}, and of {share} % of this year no product was known on that day: the budget {year} would come out too low. Put begroting.csv into the case, or choose a later day.",
    ),
    "linked_year_young": (
        "Van {share} % van dit jaar was op {day} nog geen zorgproduct bekend: de begroting {year} is daarmee te laag. Laad eerst een latere levering, kies in de afspraak basisjaar T-2, of zet begroting.csv in de case.",
        "Of {share} % of this year no product was known on {day}: the budget {year} is too low with it. Load a later delivery first, choose base year T-2 in the agreement, or put begroting.csv into the case.",
    ),
    "linked_previous_norms": (
        "Een meerjaren_aanneemsom vraagt ook de begroting van {year}, en daarvan zijn er geen normtijden. Vul de lijst aan, of geef begroting.csv met beide jaren.",
        "A meerjaren_aanneemsom asks for the budget of {year} as well, and there are no norm times of it. Complete the list, or give begroting.csv with both years.",
    ),
    "linked_too_fine": (
        "De factoren van productstructuur en trends zijn samen fijner dan aantallen kunnen zijn. Rond ze af op vier decimalen.",
        "The factors of product structure and trends together are finer than volumes can be. Round them to four decimals.",
    ),
    "linked_no_group": (
        "Van dit specialisme en deze rol is er productie in {year} ({volume} stuks, {hours} normuren), maar geen vakgroep; zij telt niet mee. Voeg een vakgroep toe als dat niet klopt.",
        "There is production of this specialism and role in {year} ({volume} items, {hours} norm hours), but no group; it does not count. Add a group if that is not right.",
    ),
    "linked_outside": (
        "In {year} vallen {volume} stuks onder geen contract, want geen contract noemt de verzekeraar; zij tellen niet mee. Vul verzekeraars aan, of laat de lijst van één contract weg.",
        "In {year} {volume} items fall under no contract, because none names the insurer; they do not count. Complete verzekeraars, or leave the list of one contract out.",
    ),
    "linked_idle": (
        "Voor {year} is er geen productie van {specialism} {role} in de opslag; deze vakgroep staat op 0. Controleer specialisme en rol.",
        "For {year} the store has no production of {specialism} {role}; this group stands at 0. Check specialism and role.",
    ),
    "linked_unpriced": (
        "Voor {year} hebben {count} codes met samen {volume} stuks geen normtijd; zij tellen niet mee ({codes}). Voeg ze toe aan normtijden (0 als ze geen output hebben).",
        "For {year} {count} codes with {volume} items in all have no norm time; they do not count ({codes}). Add them to normtijden (0 if they carry no output).",
    ),
    "linked_unfinished": (
        "De realisatie van {year} is wat op {day} bekend was; {open} trajecten liepen nog en {without} hadden nog geen zorgproduct. Zij kan nog groeien.",
        "The realisation of {year} is what was known on {day}; {open} trajectories were open and {without} had no product yet. It may still grow.",
    ),
    "linked_forecast": (
        "Als prognose geldt alleen wat op {day} van {year} bekend was; er is niets bijgeschat. Voor een verwachting van het hele jaar: zet prognose.csv in de case.",
        "The forecast is only what was known of {year} on {day}; nothing was estimated. For an expectation of the whole year, put prognose.csv into the case.",
    ),
    "linked_estimated": (
        "De prognose van {year} is geschat uit de records van {day}. Haar onzekerheid en de kans op puntlanding staan in puntlanding forecast; zet prognose.csv in de case om uw eigen prognose te gebruiken.",
        "The forecast of {year} was estimated from the records of {day}. Its uncertainty and the chance of landing are in puntlanding forecast; put prognose.csv into the case to use your own forecast.",
    ),
    "linked_no_benchmark": (
        "Er is geen vastgestelde benchmark voor {year} in {folder}. Stel hem vast met puntlanding benchmark ex-ante {year} --publish, noem hem met --benchmark, of zet benchmark.csv in de case.",
        "There is no published benchmark for {year} in {folder}. Publish it with puntlanding benchmark ex-ante {year} --publish, name it with --benchmark, or put benchmark.csv into the case.",
    ),
    "linked_rate_missing": (
        "De benchmark heeft geen cijfer voor {specialism} {role}. Zet een rij voor deze vakgroep in benchmark.csv.",
        "The benchmark has no figure for {specialism} {role}. Put a row for this group into benchmark.csv.",
    ),
    "linked_benchmark_year": (
        "Deze benchmark is van {found}; nodig is die van {year}. Noem die met --benchmark, of zet benchmark.csv in de case.",
        "This benchmark is of {found}; that of {year} is needed. Name it with --benchmark, or put benchmark.csv into the case.",
    ),
    "linked_benchmark_rule": (
        "Afgesproken is {key} = \"{agreed}\", maar deze benchmark is gemaakt met \"{found}\". Kies de afgesproken benchmark, of pas [benchmark] in de afspraak aan.",
        "The agreement says {key} = \"{agreed}\", but this benchmark was made with \"{found}\". Choose the benchmark that was agreed, or change [benchmark] in the agreement.",
    ),
    "linked_no_efficiency": (
        "Er zijn geen efficiencycijfers: elke vakgroep krijgt score 1. Geef bijdragen van vergelijkbare ziekenhuizen met --contributions, of zet efficiency.csv in de case.",
        "There are no efficiency figures: each group gets score 1. Give contributions of comparable hospitals with --contributions, or put efficiency.csv into the case.",
    ),
    "linked_no_peers": (
        "Voor de efficiency van {year} zijn hier geen bijdragen van andere ziekenhuizen, of geen records van {hospital}. Voeg bijdragen van dat jaar toe.",
        "For the efficiency of {year} there are no contributions of other hospitals here, or no records of {hospital}. Add contributions of that year.",
    ),
    "standing_contributions": (
        "Een vergelijking met andere ziekenhuizen kan alleen met hun bijdragen. Geef de map daarvan met --contributions.",
        "A comparison with other hospitals takes their contributions. Give their folder with --contributions.",
    ),
    "standing_nobody": (
        "De plaats in de benchmark volgt uit de bijdragen van {year}: die van {hospital} zelf (puntlanding fold) en die van andere ziekenhuizen. Zij zijn er niet allebei; voeg toe wat ontbreekt.",
        "The place in the benchmark follows from the contributions of {year}: that of {hospital} itself (puntlanding fold) and those of other hospitals. They are not both there; add what is missing.",
    ),
    "linked_no_kind": (
        "Van dit ziekenhuis is het type niet bekend, dus niet met wie het wordt vergeleken: er zijn geen efficiencycijfers. Zet ziekenhuizen.csv in de case, of spreek vergelijking = \"alle\" af.",
        "The type of this hospital is not known, so neither is whom it is compared with: there are no efficiency figures. Put ziekenhuizen.csv into the case, or agree vergelijking = \"alle\".",
    ),
    "linked_efficiency_kept": (
        "Voor {year} is er geen efficiency; die van {other} geldt ook voor dat jaar, zodat de score niet verandert door wat niet bekend is.",
        "There is no efficiency for {year}; that of {other} holds for it too, so that no score changes by what is not known.",
    ),
    "linked_national_kind": (
        "Landelijke cijfers staan er per type ziekenhuis, en van dit ziekenhuis is het type niet bekend. Zet ziekenhuizen.csv in de case, of spreek vergelijking = \"alle\" af.",
        "National figures are by type of hospital, and the type of this one is not known. Put ziekenhuizen.csv into the case, or agree vergelijking = \"alle\".",
    ),
    "linked_national_missing": (
        "De landelijke cijfers hebben geen tarief voor {groups}: daarvan was er geen productie met normtijd en fte. Zet rijen voor deze vakgroepen in benchmark.csv.",
        "The national figures have no rate for {groups}: of these there was no production with a norm time and fte. Put rows for these groups into benchmark.csv.",
    ),
    "linked_national_withheld": (
        "De landelijke cijfers van type {kind} worden niet gedeeld voor {groups}: {reason}. Spreek vergelijking = \"alle\" af, of zet rijen voor deze vakgroepen in benchmark.csv.",
        "The national figures of type {kind} are not shared for {groups}: {reason}. Agree vergelijking = \"alle\", or put rows for these groups into benchmark.csv.",
    ),
    "linked_national_withheld_all": (
        "De landelijke cijfers worden niet gedeeld voor {groups}, ook niet van alle types samen: {reason}. Zet rijen voor deze vakgroepen in benchmark.csv.",
        "The national figures are not shared for {groups}, not even of all types together: {reason}. Put rows for these groups into benchmark.csv.",
    ),
    "linked_national_few": (
        "De landelijke cijfers ({kind}) hebben geen {method} voor {groups}: die is er vanaf {least} ziekenhuizen. Spreek methode = \"gepoold\" af, of zet rijen voor deze vakgroepen in benchmark.csv.",
        "The national figures ({kind}) have no {method} for {groups}: it is there from {least} hospitals on. Agree methode = \"gepoold\", or put rows for these groups into benchmark.csv.",
    ),
    "linked_national_mean": (
        "Afgesproken is methode = \"gemiddelde\", en dat staat niet in landelijke cijfers: naast de kwartielen zou het het tarief van één ziekenhuis verraden. Spreek methode = \"gepoold\" of \"mediaan\" af, of zet benchmark.csv in de case.",
        "The agreement says methode = \"gemiddelde\", which national figures do not hold: beside the quartiles it would give away the rate of one hospital. Agree methode = \"gepoold\" or \"mediaan\", or put benchmark.csv into the case.",
    ),
    "linked_national_rounded": (
        "Afgesproken is methode = \"{method}\"; die staat in de landelijke cijfers afgerond op {step} uur. Wilt u exact rekenen, spreek dan methode = \"gepoold\" af.",
        "The agreement says methode = \"{method}\"; the national figures have it rounded to {step} hours. To compute exactly, agree methode = \"gepoold\".",
    ),
    "linked_national_own_method": (
        "Afgesproken is eigen_vakgroep = \"uit\" met methode = \"{method}\", en uit een mediaan van allen is de eigen vakgroep niet te halen. Spreek eigen_vakgroep = \"in\" af, of methode = \"gepoold\".",
        "The agreement says eigen_vakgroep = \"uit\" with methode = \"{method}\", and the own group cannot be taken out of a median of all. Agree eigen_vakgroep = \"in\", or methode = \"gepoold\".",
    ),
    "linked_national_own": (
        "Afgesproken is eigen_vakgroep = \"uit\". Om de eigen vakgroep van de landelijke sommen af te trekken is de bijdrage nodig die u daarvoor deelde. Zet dat bestand in {folder}, of spreek eigen_vakgroep = \"in\" af.",
        "The agreement says eigen_vakgroep = \"uit\". To take the own group off the national sums the contribution is needed that you shared for them. Put that file into {folder}, or agree eigen_vakgroep = \"in\".",
    ),
    "linked_national_later": (
        "Afgesproken is eigen_vakgroep = \"uit\". Deze cijfers volgen op eerdere, en wat daaruit bleef staan is van een eerdere bijdrage: aftrekken kan dan niet precies. Spreek eigen_vakgroep = \"in\" af.",
        "The agreement says eigen_vakgroep = \"uit\". These figures follow earlier ones, and what stayed of those is from an earlier contribution: it cannot be taken off exactly. Agree eigen_vakgroep = \"in\".",
    ),
    "linked_national_lists": (
        "Om de eigen vakgroep van de landelijke sommen af te trekken moet de case dezelfde lijsten hebben als waarmee die zijn gemaakt; anders is: {lists}. Vraag die lijsten aan de coördinator, of spreek eigen_vakgroep = \"in\" af.",
        "To take the own group off the national sums the case must have the lists that these were made with; different: {lists}. Ask the coordinator for those lists, or agree eigen_vakgroep = \"in\".",
    ),
    "linked_national_rest": (
        "Uw eigen aandeel is alleen bekend als ‘overig’, en geprijsd naar andere ziekenhuizen: {groups}. Het is er niet precies af te trekken. Spreek eigen_vakgroep = \"in\" af, of zet rijen voor deze vakgroepen in benchmark.csv.",
        "Your own part is known as ‘overig’ only, and was priced after other hospitals: {groups}. It cannot be taken off exactly. Agree eigen_vakgroep = \"in\", or put rows for these groups into benchmark.csv.",
    ),
    "linked_national_own_strata": (
        "Afgesproken is eigen_vakgroep = \"uit\", en uit landelijke strata zijn de eigen patiënten niet te halen: er zijn geen efficiencycijfers. Geef bijdragen van andere ziekenhuizen met --contributions, of spreek eigen_vakgroep = \"in\" af.",
        "The agreement says eigen_vakgroep = \"uit\", and the own patients cannot be taken out of national strata: there are no efficiency figures. Give contributions of other hospitals with --contributions, or agree eigen_vakgroep = \"in\".",
    ),
    "linked_national_basis": (
        "De strata van de landelijke cijfers zijn gemaakt met andere {lists} dan uw records van {year}: er zijn geen efficiencycijfers. Zet de lijsten van de coördinator in de case.",
        "The strata of the national figures were made with other {lists} than your records of {year}: there are no efficiency figures. Put the coordinator's lists into the case.",
    ),
    "linked_national_no_strata": (
        "De landelijke cijfers hebben geen strata van dit type ziekenhuis: er zijn geen efficiencycijfers. Spreek vergelijking = \"alle\" af, of geef bijdragen met --contributions.",
        "The national figures have no strata of this type of hospital: there are no efficiency figures. Agree vergelijking = \"alle\", or give contributions with --contributions.",
    ),
    "linked_national_class": (
        "Voor de efficiency staat dit type ziekenhuis in de landelijke strata samen met andere ({together}); daarmee is vergeleken. Spreek vergelijking = \"alle\" af als u dat liever voor alle types doet.",
        "For efficiency this type of hospital stands together with others in the national strata ({together}); those it was compared with. Agree vergelijking = \"alle\" to do so for all types.",
    ),
}  # fmt: skip
