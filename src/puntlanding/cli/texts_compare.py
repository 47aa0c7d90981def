"""What the command that compares agreements says of itself, in Dutch and English."""

from __future__ import annotations

TEXTS_COMPARE: dict[str, tuple[str, str]] = {
    "compare": (
        "Vergelijk afspraken: wie krijgt onder elk voorstel meer, wie minder.\n\n"
        "Elk bestand is een hele afspraak, of een aanvulling: zonder [afspraak], met alleen de sleutels die anders zijn. "
        "Kolom A is altijd de eigen afspraak van de case.",
        "Compare agreements: who gets more under each proposal, who less.\n\n"
        "Each file is a whole agreement, or an overlay: without [afspraak], with only the keys that differ. "
        "Column A is always the case's own agreement.",
    ),
    "opt_compare_agreements": (
        "De andere afspraken, een of meer achter elkaar; hele, of aanvullingen op die van de case.",
        "The other agreements, one or more in a row; whole ones, or overlays on the case's.",
    ),
    "opt_compare_types": (
        "Zet alle contractsoorten naast elkaar: alle contracten van de case als plafond, als aanneemsom, …",
        "All contract types side by side: every contract of the case as ceiling, as lump sum, …",
    ),
    "opt_compare_values": (
        "Bij --types: de waarde van een sleutel van een soort, bijvoorbeeld bandbreedte=3%; anders die van het gepubliceerde rekenvoorbeeld.",
        "With --types: the value of a type's key, such as bandbreedte=3%; otherwise that of the published worked example.",
    ),
    "opt_compare_old": (
        "Schaduwdraaien: het oude model met drie parameters (input, output, efficiency) ernaast, en het effect van drie naar twee.",
        "Shadow run: the old model with three parameters (input, output, efficiency) beside it, and the effect of three to two.",
    ),
    "opt_compare_within": (
        "Hoeveel eenmalige vergoeding nodig is om elke vakgroep binnen dit percentage te houden van wat zij eerst kreeg: "
        "onder het oude model met --old-model, anders onder de eigen afspraak.",
        "How much one-off compensation keeps every group within this percentage of what it got before: under the old model "
        "with --old-model, otherwise under the own agreement.",
    ),
    "key_value_word": ("SLEUTEL=WAARDE", "KEY=VALUE"),
}
