"""The log as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import index, visible
from puntlanding.web.presenters.facts import KINDS, PARTIES, Pair
from puntlanding.web.presenters.planned import planned
from puntlanding.web.rules import RULES, Role

_SENTENCES: Mapping[str, Pair] = {
    "collective_added": ("{who} voegde {name} met {hospital} toe.", "{who} added {name} with {hospital}."),
    "account_added": ("{who} maakte een account voor {account}.", "{who} made an account for {account}."),
    "password_set": ("{who} gaf {account} een nieuw wachtwoord.", "{who} gave {account} a new password."),
    "password_link_made": ("{who} maakte voor {account} een eenmalige link om een wachtwoord te kiezen.", "{who} made {account} a link to choose a password, once."),
    "password_changed": ("{who} koos een ander wachtwoord.", "{who} chose another password."),
    "second_factor_added": ("{who} stelde een tweede factor in.", "{who} set up a second factor."),
    "second_factor_removed": ("{who} zette de eigen tweede factor uit.", "{who} turned their own second factor off."),
    "second_factor_reset": ("{who} haalde de tweede factor van {account} weg.", "{who} took away the second factor of {account}."),
    "recovery_codes_made": ("{who} maakte nieuwe herstelcodes.", "{who} made new recovery codes."),
    "second_factor_failed": ("Een code van {account} was niet goed; daarmee kwam niemand binnen.", "A code of {account} was not right; nobody came in with it."),
    "logged_in": ("{who} logde in{method}.", "{who} logged in{method}."),
    "log_in_failed": ("Inloggen als {account} mislukte.", "Logging in as {account} failed."),
    "locked_out": ("Inloggen als {account} is tijdelijk geblokkeerd: te veel mislukte pogingen.", "Logging in as {account} is blocked for a while: too many failed attempts."),
    "sessions_ended": ("{who} logde zichzelf op andere apparaten uit.", "{who} logged themselves out on other devices."),
    "account_reopened": ("{who} heropende het account van {account}.", "{who} reopened the account of {account}."),
    "account_closed": ("{who} sloot het account van {account}.", "{who} closed the account of {account}."),
    "role_given": ("{who} gaf {account} de rol {role}.", "{who} gave {account} the role of {role}."),
    "role_taken": ("{who} nam de rol {role} van {account} terug.", "{who} took back the role of {role} from {account}."),
    "year_opened": ("{who} opende het jaar {year}.", "{who} opened the year {year}."),
    "source_chosen": ("{who} koppelde {year} aan de registratie van {hospital}.", "{who} linked {year} to the records of {hospital}."),
    "planned_event_added": ("{who} voegde voor {year} gebeurtenis {number} toe: {planned}.", "{who} added event {number} to {year}: {planned}."),
    "planned_event_changed": ("{who} veranderde gebeurtenis {number} van {year}: {planned}.", "{who} changed event {number} of {year}: {planned}."),
    "planned_event_ended": ("{who} nam gebeurtenis {number} van {year} terug: {planned}.", "{who} took back event {number} of {year}: {planned}."),
    "delivery_received": ("{who} leverde voor {year} de registratie met de stand van {as_of} aan ({content}).", "{who} delivered the records of {year} as of {as_of} ({content})."),
    "delivery_checked": ("De levering van {who} met de stand van {as_of} is gecontroleerd en kan worden geladen (verslag {report}).", "The delivery by {who} as of {as_of} was checked and can be loaded (report {report})."),
    "delivery_refused": ("De levering van {who} met de stand van {as_of} is geweigerd: de controles vonden fouten{of_report}.", "The delivery by {who} as of {as_of} was refused: the checks found errors{of_report}."),
    "delivery_loaded": ("{who} zette de levering met de stand van {as_of} in de opslag ({content}, verslag {report}).", "{who} put the delivery as of {as_of} into the store ({content}, report {report})."),
    "delivery_withdrawn": ("{who} trok de levering met de stand van {as_of} in; haar bestanden zijn gewist.", "{who} withdrew the delivery as of {as_of}; its files were erased."),
    "version_added": ("{who} maakte {version} ({content}).", "{who} made {version} ({content})."),
    "version_proposed": ("{who} legde {version} voor aan beide partijen ({content}).", "{who} proposed {version} to both parties ({content})."),
    "version_withdrawn": ("{version} is ingetrokken: er kwam een nieuw voorstel van {who}.", "{version} was withdrawn: {who} made a new proposal."),
    "version_approved": ("{who} gaf namens {party} akkoord op {version} ({content}).", "{who} approved {version} on behalf of {party} ({content})."),
    "version_refused": ("{who} weigerde namens {party} {version}: “{reason}”", "{who} refused {version} on behalf of {party}: “{reason}”"),
    "version_final": ("{version} is vastgesteld: beide partijen gaven akkoord ({content}).", "{version} is agreed: both parties approved ({content})."),
    "version_superseded": ("{version} is vervangen.", "{version} was superseded."),
    "work_done": ("{who} liet maken: {work}{of_year}.", "{who} had this made: {work}{of_year}."),
    "token_added": ("{who} maakte voor {account} de toegangssleutel {name}.", "{who} made the access token {name} for {account}."),
    "token_closed": ("{who} trok de toegangssleutel {name} van {account} in.", "{who} withdrew the access token {name} of {account}."),
}  # fmt: skip
_NOBODY = ("De installatie", "The installation")
_SOMEBODY = ("iemand", "somebody")
_METHODS: Mapping[str, Pair] = {
    "password": (" met wachtwoord", " by password"),
    "second_factor": (" met wachtwoord en tweede factor", " by password and second factor"),
    "own_log_in": (" via het ziekenhuis", " by the hospital’s log-in"),
}
_UNKNOWN = ("{who}: {kind}.", "{who}: {kind}.")


def event_sentence(
    kind: str, actor: str | None, details: Mapping[str, Any], accounts: Mapping[int, str], language: Language
) -> str:
    """``accounts``: display names by number. A line that is not known here is told by its own name: the log has no gaps."""
    which = index(language)
    words = _SENTENCES.get(kind, _UNKNOWN)[which]
    account = details.get("account")
    fields = {
        "who": actor or _NOBODY[which],
        "kind": kind,
        "name": details.get("name", ""),
        "hospital": details.get("hospital", ""),
        "account": accounts.get(account, _SOMEBODY[which]) if isinstance(account, int) else _address(details, which),
        "method": _METHODS.get(str(details.get("method")), ("", ""))[which],
        "role": _role(details, which),
        "year": details.get("year", ""),
        "as_of": _as_of(details, language),
        "report": str(details.get("report_hash", ""))[:12],
        "of_report": _of_report(details, which),
        "version": _version(details, which),
        "content": str(details.get("content_hash", ""))[:12],
        "party": PARTIES.get(str(details.get("party")), ("", ""))[which],
        "reason": details.get("reason", ""),
        "number": details.get("number", ""),
        "work": details.get(("work_nl", "work_en")[which], ("een opdracht", "a job")[which]),
        "of_year": f" ({details['year']})" if details.get("year") else "",
        "planned": planned(details, language) if "capacity" in details else "",
    }
    told = visible(words.format_map(fields))
    return told[:1].upper() + told[1:]


def _address(details: Mapping[str, Any], which: int) -> str:
    """An address without an account is kept as its mark only: it may be anybody's, and the same one can be recognised."""
    mark = details.get("address")
    return _SOMEBODY[which] if mark is None else (f"een onbekend adres ({mark})", f"an unknown address ({mark})")[which]


def _role(details: Mapping[str, Any], which: int) -> str:
    known = {one.value: RULES[one].name[which] for one in Role}
    role = known.get(str(details.get("role")), "?")
    group = details.get("group")
    return f"{role} ({group})" if group else role


def _as_of(details: Mapping[str, Any], language: Language) -> str:
    try:
        return day(date.fromisoformat(str(details.get("as_of"))), language)
    except ValueError:
        return "?"


def _of_report(details: Mapping[str, Any], which: int) -> str:
    """A delivery that could not be read has no report."""
    short = str(details.get("report_hash", ""))[:12]
    return f" ({('verslag', 'report')[which]} {short})" if short else ""


def _version(details: Mapping[str, Any], which: int) -> str:
    kind = KINDS.get(str(details.get("kind")), ("?", "?"))[which]
    return f"{kind} {details.get('number', '')} {'van' if which == 0 else 'of'} {details.get('year', '')}"
