"""Norm fte by input of a case in a store: its patients and activities against those of peers (methods §4; [CB] hfst 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from puntlanding.benchmark.ex_ante import as_agreed
from puntlanding.benchmark.ex_post import ExPostWeights, ex_post
from puntlanding.benchmark.peers import GroupKey
from puntlanding.case.home import Home
from puntlanding.case.linked import Link, kind_of, the_store
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.linked_scores import WHOLE_YEAR, peers_in, with_peers
from puntlanding.case.model import Case
from puntlanding.explain import Node, Source, Unit, cell


def linked_input(link: Link, case: Case) -> Mapping[str, Node] | None:
    """Per group, of the year of the agreement; None without contributions of others of that year, or records of its own. A group
    without peers has none. Half of it are patients and half activities, as in `benchmark ex-post` (local).
    """
    year = case.agreement.year
    if link.contributions is None:
        return None
    lists = CaseLists(link.place if link.place.is_dir() else link.place.parent)
    home = Home(the_store(link), link.hospital, link.as_of, lists, kind_of(link, lists), forecast=False)
    others = [one for one in peers_in(link.contributions, link.hospital) if one.basis.year == year]
    if not others or home.kept(year) is None:
        return None
    whole, files = with_peers(case, home, year, others)
    kinds = tuple(replace(one, kind=home.kind) if one.hospital == link.hospital else one for one in whole.hospitals)
    rule, method = as_agreed(case.agreement.comparison)
    scores = ex_post(replace(whole, hospitals=kinds), WHOLE_YEAR, rule, method, ExPostWeights()).scores
    found: dict[str, Node] = {}
    for group in case.groups:
        score = scores.get(GroupKey(link.hospital, group.specialism, group.role.value))
        if score is not None and score.input is not None:
            place = Source(files.get(link.hospital, ""), None, f"input {group.specialism} {group.role.value}")
            found[group.name] = cell("input_fte", score.input, Unit.FTE, place, subject=group.name)
    return found
