"""What efficiency is measured in, as people call it: (Dutch, English)."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.benchmark.drill_down import LIMIT
from puntlanding.benchmark.efficiency_weights import EHEALTH, Component
from puntlanding.contribution.tables import Counted

MEASURES: Mapping[str, tuple[str, str]] = {
    Component.OUTPATIENT: ("poliklinisch", "outpatient"),
    Component.CLINICAL: ("klinisch", "clinical"),
    Component.DIAGNOSTIC: ("diagnostisch", "diagnostic"),
    Counted.VISITS: ("fysiek consult", "visit"),
    Counted.REMOTE: ("teleconsult", "teleconsult"),
    Counted.DAY_ADMISSIONS: ("dagopname", "day admission"),
    Counted.NURSING_DAYS: ("verpleegdag", "nursing day"),
    Counted.INTENSIVE_CARE: ("ic-dag", "ic day"),
    Counted.DIAGNOSTICS: ("diagnostiek (€)", "diagnostics (€)"),
    EHEALTH: ("e-health", "e-health"),
    LIMIT: ("e-health: grens", "e-health: limit"),
}
