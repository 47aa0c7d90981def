"""The sentence of every problem: what is wrong, and the remedy. Dutch first, English second; {fields} are the details.

{close} becomes a question ("Bedoelde u …?") where a near miss was found, and nothing otherwise.
"""

from __future__ import annotations

from puntlanding.language.messages.agreement import AGREEMENT
from puntlanding.language.messages.benchmark import BENCHMARK
from puntlanding.language.messages.codes import CODES
from puntlanding.language.messages.comparison import COMPARISON
from puntlanding.language.messages.components import COMPONENTS
from puntlanding.language.messages.contribution import CONTRIBUTION
from puntlanding.language.messages.document import DOCUMENT
from puntlanding.language.messages.efficiency import EFFICIENCY
from puntlanding.language.messages.exchange import EXCHANGE
from puntlanding.language.messages.files import FILES
from puntlanding.language.messages.fold import FOLD
from puntlanding.language.messages.forecast import FORECAST
from puntlanding.language.messages.incentives import INCENTIVES
from puntlanding.language.messages.intake import INTAKE
from puntlanding.language.messages.linked import LINKED
from puntlanding.language.messages.norms import NORMS
from puntlanding.language.messages.score import SCORE
from puntlanding.language.messages.simulation import SIMULATION
from puntlanding.language.messages.stages import STAGES
from puntlanding.language.messages.tables import TABLES
from puntlanding.language.messages.web import WEB
from puntlanding.language.messages.web_admin import WEB_ADMIN
from puntlanding.language.messages.web_agreement import WEB_AGREEMENT
from puntlanding.language.messages.web_budget import WEB_BUDGET
from puntlanding.language.messages.web_data import WEB_DATA
from puntlanding.language.messages.web_monitoring import WEB_MONITORING
from puntlanding.language.messages.web_operations import WEB_OPERATIONS
from puntlanding.language.messages.web_work import WEB_WORK
from puntlanding.language.messages.years import YEARS

MESSAGES: dict[str, tuple[str, str]] = {
    **FILES,
    **INTAKE,
    **TABLES,
    **SCORE,
    **AGREEMENT,
    **DOCUMENT,
    **COMPONENTS,
    **STAGES,
    **CODES,
    **CONTRIBUTION,
    **LINKED,
    **FOLD,
    **NORMS,
    **BENCHMARK,
    **EFFICIENCY,
    **EXCHANGE,
    **FORECAST,
    **COMPARISON,
    **SIMULATION,
    **INCENTIVES,
    **YEARS,
    **WEB,
    **WEB_OPERATIONS,
    **WEB_WORK,
    **WEB_ADMIN,
    **WEB_AGREEMENT,
    **WEB_BUDGET,
    **WEB_DATA,
    **WEB_MONITORING,
}


CLOSE = (" Bedoelde u ‘{0}’?", " Did you mean ‘{0}’?")

# Details that are words of a fixed list themselves.
WORDS: dict[str, tuple[str, str]] = {
    "budget": ("de begroting", "the budget"),
    "monitor": ("de prognose ten opzichte van de begroting", "forecast against budget"),
    "settle": ("de afrekening", "the settlement"),
    "distribute": ("de verdeling in euro's", "the distribution in euros"),
    "realisation": ("de realisatie", "the realisation"),
    # why the system refused
    "EACCES": ("geen toegang", "no access"),
    "EPERM": ("geen toegang", "no access"),
    "EROFS": ("deze schijf is alleen te lezen", "this disk is read-only"),
    "ENOSPC": ("de schijf is vol", "the disk is full"),
    "EDQUOT": ("uw schijfruimte is op", "your disk quota is used up"),
    "ENOENT": ("deze map of dit bestand bestaat niet", "there is no such folder or file"),
    "ENOTDIR": ("een deel van het pad is een bestand, geen map", "part of the path is a file, not a folder"),
    "EEXIST": ("er staat al een bestand met deze naam", "there is a file of this name already"),
    "EFBIG": ("het bestand wordt groter dan hier mag", "the file grows larger than is allowed here"),
    "EISDIR": ("dit is een map, geen bestand", "this is a folder, not a file"),
    "ENAMETOOLONG": ("de naam is te lang", "the name is too long"),
    "EIO": ("de schijf geeft een leesfout", "the disk reports an error"),
}
