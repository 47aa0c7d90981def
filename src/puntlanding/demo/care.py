"""What is done within each trajectory: visits, admissions, operations, and what is ordered from the supporting specialisms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puntlanding.demo.calibration import DAY, POLI, SURGERY, number, specialisms, values
from puntlanding.demo.codebook import Codebook
from puntlanding.demo.columns import NEVER, Columns, Mask, Numbers, groups, height
from puntlanding.demo.ledger import Ledger
from puntlanding.demo.pathways import CONSULT, FOLLOW_UP, INTENSIVE, INTENSIVE_ALONE, REGULAR, Diary, Plan
from puntlanding.demo.profile import Profile

Rates = NDArray[np.float64]
FIRST, REPEAT, REMOTE, VIDEO, EMERGENCY = "190060", "190013", "190025", "190019", "190015"
DAY_NURSING, ADMISSION, NURSING_DAY, BEDSIDE, MEETING = "190090", "190021", "190218", "190009", "190005"
INTENSIVE_DAYS = ("190153", "190154", "190155")
ANAESTHESIA = ("039605", "039607")
FRACTION, INJECTION, CHEMOTHERAPY, REHABILITATION, DIALYSIS = "090791", "039810", "039142", "190041", "192065"
# Kind of order → who executes it; where the hospital has no such group, nothing of it is ordered.
SUPPORT = {"beeld": "0362", "nucleair": "0363", "lab": "0386", "micro": "0387", "patho": "0388"}


@dataclass(slots=True)
class Care:
    """Everything that the parts below need; ``codes`` are specialisms, in the order of their numbers in the ledger."""

    rows: Columns
    plan: Plan
    profile: Profile
    book: Codebook
    diary: Diary
    chance: np.random.Generator
    ledger: Ledger
    codes: list[str]
    specialism: Numbers  # per trajectory, position in ``codes``
    group: Numbers  # per trajectory, position among the gatekeepers
    ordinary: Mask

    def factor(self, name: str) -> Rates:
        """A factor of the practice of each trajectory's group."""
        found = np.array([getattr(group.practice, name) for group in self.profile.gatekeepers])
        picked: Rates = found[self.group]
        return picked

    def trait(self, name: str) -> Rates:
        """How often, by each trajectory's specialism; within a short own closing rule less is done."""
        days = np.clip((self.rows["closed"] - self.rows["opened"]) / number("sluiten.regulier"), 0, None)
        return self.trait_of_group(name) * np.where(self.rows["own_rule"] == 1, days, 1.0)

    def trait_of_group(self, name: str) -> Rates:
        known = {one.code: one for one in specialisms("poort")}
        found = np.array([float(getattr(known[group.specialism], name)) for group in self.profile.gatekeepers])
        picked: Rates = found[self.group]
        return picked

    def planned_day(self, rows: Numbers) -> Numbers:
        """A day within each of these trajectories, by the room for planned care."""
        return self.day_between(self.rows["opened"][rows], self.rows["closed"][rows])

    def day_between(self, low: Numbers, high: Numbers) -> Numbers:
        """As `Diary.between`."""
        return self.diary.between(low, high, self.chance)

    def own(self, rows: Numbers, code: str, day: Numbers) -> None:
        """The gatekeeper does it, on his own request."""
        self.ledger.add(rows, self.book.activity(code), day, self.specialism[rows], self.specialism[rows])

    def repeated(self, rate: Rates, mask: Mask) -> Numbers:
        """Trajectories, each as often as drawn."""
        rows = np.flatnonzero(mask)
        return np.repeat(rows, self.chance.poisson(rate[rows]))


def care(
    rows: Columns, plan: Plan, profile: Profile, book: Codebook, diary: Diary, chance: np.random.Generator
) -> tuple[Columns, list[str], Columns]:
    """Activities, the specialisms that their executor and requester count in, and day admissions (trajectory, day)."""
    codes = list(dict.fromkeys([*(group.specialism for group in profile.groups), "0389"]))
    group = plan.groups[rows["cluster"]]
    numbers = np.array([codes.index(one.specialism) for one in profile.gatekeepers])
    all_in = Care(
        rows, plan, profile, book, diary, chance, Ledger(diary.first), codes,
        numbers[group], group,
        (rows["type"] == REGULAR) | (rows["type"] == FOLLOW_UP),
    )  # fmt: skip
    _contacts(all_in)
    _stays(all_in)
    days = _day_nursing(all_in)
    _operations(all_in)
    _orders(all_in)
    _treatments(all_in)
    return all_in.ledger.sorted(), codes, days


def _contacts(all_in: Care) -> None:
    rows, chance = all_in.rows, all_in.chance
    size = height(rows)
    regular = all_in.ordinary & (rows["type"] == REGULAR)
    acute = regular & (rows["acute"] == 1)
    seen = regular & ~acute & (chance.random(size) < number("zorg.eerste_bezoek"))
    emergency = acute & (chance.random(size) < number("zorg.seh"))
    for mask, code in ((seen, FIRST), (emergency, EMERGENCY)):
        found = np.flatnonzero(mask)
        all_in.own(found, code, rows["opened"][found])
    expected = all_in.trait("repeat") * all_in.factor("visits")
    count = chance.poisson(expected)
    # No trajectory without anything: who was not seen at first, admitted or operated, has a contact later on.
    treated = np.array(
        [all_in.book.clusters[int(at)].exception in ("dialyse", "intravitreaal") for at in all_in.plan.clusters]
    )
    without = all_in.ordinary & ~seen & ~emergency & (rows["setting"] == POLI) & ~treated[rows["cluster"]]
    count = np.where(without, np.maximum(count, 1), count)
    found = np.repeat(np.flatnonzero(all_in.ordinary), count[all_in.ordinary])
    day = all_in.day_between(
        np.minimum(rows["opened"][found] + seen[found], rows["closed"][found]), rows["closed"][found]
    )
    share = np.array([group.remote for group in all_in.profile.gatekeepers])[all_in.group[found]]
    remote = chance.random(len(found)) < share
    video = remote & (chance.random(len(found)) < number("landelijk.beeldbellen"))
    for mask, code in ((~remote, REPEAT), (remote & ~video, REMOTE), (video, VIDEO)):
        all_in.own(found[mask], code, day[mask])


def _stays(all_in: Care) -> None:
    """Nursing days from the day of admission up to the day before discharge; on intensive care none (NR12 6.4)."""
    rows = all_in.rows
    admitted = np.flatnonzero(rows["admitted"] != NEVER)
    all_in.own(admitted, ADMISSION, rows["admitted"][admitted])
    nights = np.maximum(rows["discharged"] - rows["admitted"], 1)
    found, day = _each_day(admitted, rows["admitted"], nights)
    on_intensive = (day >= rows["ic_from"][found]) & (day < rows["ic_from"][found] + rows["ic_days"][found])
    all_in.own(found[~on_intensive], NURSING_DAY, day[~on_intensive])
    intensive = np.flatnonzero((rows["type"] == INTENSIVE) | (rows["type"] == INTENSIVE_ALONE))
    found, day = _each_day(intensive, rows["ic_from"], rows["ic_days"])
    weight = np.cumsum([float(part) for part in values("opname.ic_zwaarte")])
    level = np.searchsorted(weight[:-1], all_in.chance.random(len(found)))
    codes = np.array([all_in.book.activity(code) for code in INTENSIVE_DAYS])
    all_in.ledger.add(found, codes[level], day, all_in.codes.index("0389"), all_in.specialism[found])
    bedside = np.flatnonzero(rows["type"] == CONSULT)
    asked_by = np.array([all_in.codes.index(group.specialism) for group in all_in.profile.gatekeepers])
    requester = asked_by[all_in.plan.groups[rows["asked_by"][bedside]]]
    code = all_in.book.activity(BEDSIDE)
    all_in.ledger.add(bedside, code, rows["opened"][bedside], all_in.specialism[bedside], requester)


def _each_day(rows: Numbers, begin: Numbers, length: Numbers) -> tuple[Numbers, Numbers]:
    repeat = length[rows]
    found = np.repeat(rows, repeat)
    nth = np.arange(len(found)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    return found, begin[found] + nth


def _day_nursing(all_in: Care) -> Columns:
    rows, chance = all_in.rows, all_in.chance
    many = np.full(height(rows), number("opname.dagopnamen") - 1)
    once = np.flatnonzero(all_in.ordinary & (rows["setting"] == DAY))
    more = all_in.repeated(many, all_in.ordinary & (rows["setting"] == DAY))
    found = np.concatenate([once, more])
    day = all_in.planned_day(found)
    surgery = np.flatnonzero(all_in.ordinary & (rows["setting"] == SURGERY))
    surgery = surgery[chance.random(len(surgery)) < number("opname.dag_bij_operatie")]
    found = np.concatenate([found, surgery])
    day = np.concatenate([day, rows["operation"][surgery]])
    pairs = np.unique(np.stack([found, day]), axis=1)
    all_in.own(pairs[0], DAY_NURSING, pairs[1])
    return {"trajectory": pairs[0], "day": pairs[1]}


def _operations(all_in: Care) -> None:
    rows = all_in.rows
    operated = np.flatnonzero(all_in.ordinary & (rows["operation"] != NEVER))
    for at, part in groups(all_in.specialism[operated]):
        listed = all_in.book.order("operatie", all_in.codes[at])
        if listed is not None:
            found = operated[part]
            all_in.ledger.add(found, listed.draw(all_in.chance, len(found)), rows["operation"][found], at, at)
    asleep = operated[all_in.chance.random(len(operated)) < number("opname.narcose")]
    for code in ANAESTHESIA:
        by = all_in.codes.index("0389")
        all_in.ledger.add(asleep, all_in.book.activity(code), rows["operation"][asleep], by, all_in.specialism[asleep])


def _orders(all_in: Care) -> None:
    rows, chance = all_in.rows, all_in.chance
    admitted = (rows["admitted"] != NEVER) & all_in.ordinary
    nights = np.where(admitted, rows["discharged"] - rows["admitted"], 0)
    imaging, laboratory = all_in.factor("imaging"), all_in.factor("laboratory")
    for kind, trait, extra in (
        ("beeld", all_in.trait("imaging") * imaging, number("zorg.beeld_opname") * admitted * imaging),
        ("nucleair", all_in.trait("nuclear") * imaging, None),
        ("eigen", all_in.trait("own"), None),
        ("micro", all_in.trait("micro") * laboratory, None),
        ("patho", all_in.trait("pathology"), None),
        ("lab", all_in.trait("lab") * laboratory, number("zorg.lab_opname") * nights * laboratory),
    ):
        executor = SUPPORT.get(kind)
        if executor is not None and not all_in.profile.has(executor):
            continue
        found = all_in.repeated(trait, all_in.ordinary)
        day = all_in.planned_day(found)
        if extra is not None:
            inside = all_in.repeated(extra, admitted)
            stay = np.maximum(rows["discharged"][inside] - rows["admitted"][inside], 1)
            during = rows["admitted"][inside] + np.floor(chance.random(len(inside)) * stay).astype(np.int64)
            found, day = np.concatenate([found, inside]), np.concatenate([day, during])
        if kind == "lab":
            tests = 1 + chance.poisson(number("zorg.bepalingen") - 1, len(found))
            found, day = np.repeat(found, tests), np.repeat(day, tests)
        _ordered(all_in, kind, executor, found, day)


def _ordered(all_in: Care, kind: str, executor: str | None, found: Numbers, day: Numbers) -> None:
    requester = all_in.specialism[found]
    code = np.full(len(found), NEVER)
    for at, part in groups(requester):
        listed = all_in.book.order(kind, all_in.codes[at])
        if listed is not None:
            code[part] = listed.draw(all_in.chance, len(part))
    some = code != NEVER
    by = requester if executor is None else np.full(len(found), all_in.codes.index(executor))
    all_in.ledger.add(found[some], code[some], day[some], by[some], requester[some])


def _treatments(all_in: Care) -> None:
    """What belongs to one kind of care: dialysis, injections, chemotherapy, irradiation, rehabilitation, meetings."""
    rows, book = all_in.rows, all_in.book
    clusters = [book.clusters[int(position)] for position in all_in.plan.clusters]
    each = np.ones(height(rows))
    weeks = (rows["closed"] - rows["opened"] + 1) / 7
    for exception, code, rate in (
        ("dialyse", DIALYSIS, weeks * number("zorg.dialyse")),
        ("radiotherapie", FRACTION, each * number("zorg.fracties")),
        ("revalidatie", REHABILITATION, each * number("zorg.revalidatie")),
        ("oncologie", MEETING, each * number("zorg.mdo")),
    ):
        mask = all_in.ordinary & np.array([one.exception == exception for one in clusters])[rows["cluster"]]
        found = all_in.repeated(rate, mask)
        all_in.own(found, code, all_in.planned_day(found))
    injected = np.array([one.exception == "intravitreaal" for one in clusters])[rows["cluster"]]
    found = np.flatnonzero(all_in.ordinary & injected & (rows["own_rule"] == 1))
    all_in.own(found, INJECTION, rows["closed"][found])
    oncology = np.array([one.exception == "oncologie" for one in clusters])[rows["cluster"]]
    found = np.flatnonzero(all_in.ordinary & oncology & (rows["setting"] == DAY))
    all_in.own(found, CHEMOTHERAPY, all_in.planned_day(found))
