"""What the commands of benchmark say of themselves, in Dutch and English."""

from __future__ import annotations

TEXTS_BENCHMARK: dict[str, tuple[str, str]] = {
    "benchmark": ("De benchmark: vooraf vastgesteld, achteraf gemeten, en waar het verschil zit.", "The benchmark: fixed beforehand, measured afterwards, and where the difference is."),
    "benchmark_ex_ante": ("Bereken de benchmark van een JAAR uit bijdragen van het jaar ervoor (of dat daarvoor), en stel hem zo nodig vast.", "Compute the benchmark of a YEAR from contributions of the year before (or the one before that), and publish it if asked."),
    "benchmark_ex_post": ("Meet een JAAR tot en met een kwartaal: input, output en efficiency, tegenover vergelijkbare vakgroepen.", "Measure a YEAR up to a quarter: input, output and efficiency, against comparable groups."),
    "benchmark_show": ("Toon een vastgestelde benchmark, nadat is nagegaan dat er niets aan is veranderd.", "Show a published benchmark, after checking that nothing of it was changed."),
    "benchmark_versions": ("Toon de vastgestelde versies in een map, en ga na dat er geen ontbreekt of veranderd is.", "Show the published versions in a folder, and check that none is missing or was changed."),
    "year_word": ("JAAR", "YEAR"),
    "contributions_word": ("BIJDRAGE...", "CONTRIBUTION..."),
    "peers_word": ("type|alle|BESTAND", "type|alle|FILE"),
    "quarter_word": ("KWARTAAL", "QUARTER"),
    "reason_word": ("REDEN", "REASON"),
    "weights_word": ("I/O/E", "I/O/E"),
    "opt_rate_norms": ("Normtijden; mag vaker, als ze over bestanden verdeeld zijn.", "Norm times; may be repeated where they are in several files."),
    "opt_rate_structure": ("Productstructuur: vervangen, nieuwe en vervallen codes.", "Product structure: replaced, added and dropped codes."),
    "opt_trends": ("Lokale trends op het volume.", "Local trends on volume."),
    "opt_base_year": ("Het basisjaar dat u bedoelt; bijdragen van een ander jaar worden geweigerd.", "The base year that you mean; contributions of another year are refused."),
    "opt_peers": ("Met wie: type (zelfde type ziekenhuis), alle, of een lijst ziekenhuizen. Anders type.", "With whom: type (same type of hospital), alle (all), or a list of hospitals. Otherwise type."),
    "opt_rate_method": ("Alle uren ÷ alle fte (gepoold), gemiddelde of mediaan. Anders gepoold.", "All hours ÷ all fte (gepoold), mean (gemiddelde) or median (mediaan). Otherwise gepoold."),
    "opt_own": ("Of de eigen vakgroep meetelt: in of uit. Anders in.", "Whether the own group counts: in or uit (out). Otherwise in."),
    "opt_publish": ("Stel de benchmark vast: schrijf een nieuwe versie in deze map.", "Publish the benchmark: write a new version into this folder."),
    "opt_publish_date": ("Dag van vaststelling (jjjj-mm-dd).", "Day of publication (yyyy-mm-dd)."),
    "opt_reason": ("Waarom; nodig vanaf versie 2.", "Why; needed from version 2 on."),
    "opt_one_hospital": ("Toon de plaats van dit ziekenhuis; andere worden niet genoemd.", "Show where this hospital stands; others are not named."),
    "opt_quarter": ("Tot en met dit kwartaal, 1 tot 4. Anders het hele jaar.", "Up to and including this quarter, 1 to 4. Otherwise the whole year."),
    "opt_weights": ("Gewicht van input, output en efficiency, samen 1, bijvoorbeeld 0.30/0.50/0.20 (lokale standaard).", "Weight of input, output and efficiency, together 1, such as 0.30/0.50/0.20 (local default)."),
    "published_done": ("Vastgesteld: {0}, vingerafdruk {1}.", "Published: {0}, fingerprint {1}."),
    "published_same": ("Niets geschreven: {0} zegt al hetzelfde.", "Nothing written: {0} says the same already."),
}  # fmt: skip
