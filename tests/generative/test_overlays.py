"""An overlay gives what the same keys typed in the whole agreement give, wherever they stand."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_case import raw_agreement
from strategies import cases

from puntlanding.agreement import read_agreement
from puntlanding.agreement.content import content_of
from puntlanding.agreement.overlay import Whole, read_overlay
from puntlanding.problems import errors

pytestmark = pytest.mark.generative

SECTIONS = ("afrekening", "weging", "kader", "formatie")


def by_hand(raw, over):
    """The merge in plain dictionaries: sections by key, contracts by name and, with another type, whole."""
    merged = copy.deepcopy(raw)
    for name, values in over.items():
        if name != "contract":
            target = merged.setdefault(name, {})
            for key, value in values.items():  # a section inside is completed as well
                target[key] = {**target.get(key, {}), **value} if isinstance(value, dict) else value
            continue
        for one in values:
            same = [other for other in merged["contract"] if other["naam"] == one["naam"]]
            if same and same[0]["soort"] == one["soort"]:
                same[0].update(one)
            elif same:
                merged["contract"][merged["contract"].index(same[0])] = one
            else:
                merged["contract"].append(one)
    return merged


@st.composite
def overlaid(draw):
    under, other = raw_agreement(draw(cases())), raw_agreement(draw(cases()))
    names = draw(st.sets(st.sampled_from([name for name in (*SECTIONS, "contract") if other.get(name)]), min_size=1))
    over = {}
    for name in sorted(names):
        if name == "contract":
            over[name] = other[name]
        else:
            keys = draw(st.sets(st.sampled_from(sorted(other[name])), min_size=1))
            over[name] = {key: other[name][key] for key in sorted(keys)}
    return under, over


@settings(max_examples=30)
@given(overlaid())
def test_an_overlay_is_the_keys_typed_in_the_whole(made):
    under, over = made
    expected, problems = read_agreement(by_hand(under, over), {}, "afspraak.toml")
    found = read_overlay(over, {}, "voorstel.toml", Whole(under, {}, "afspraak.toml"))
    assert (found.agreement is None) == (expected is None)
    assert [one.code for one in errors(found.problems)] == [one.code for one in errors(problems)]
    if found.agreement is not None:
        assert content_of(found.raw).hash == content_of(by_hand(under, over)).hash


@settings(max_examples=30)
@given(overlaid())
def test_what_lies_under_is_left_alone(made):
    """Neither the plain values nor the order in which the overlay names its sections matter."""
    under, over = made
    before = copy.deepcopy(under)
    whole = Whole(under, {}, "afspraak.toml")
    found = read_overlay(over, {}, "voorstel.toml", whole)
    again = read_overlay(dict(reversed(over.items())), {}, "voorstel.toml", whole)
    assert under == before
    assert (found.agreement is None) == (again.agreement is None)
    if found.agreement is not None:
        assert content_of(found.raw).hash == content_of(again.raw).hash
