"""An agreement that is changed keeps every line that says the same; a form that changes nothing changes no byte, in either notation."""

import tomllib
from decimal import Decimal

import pytest
from agreements import agreements, toml
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.agreement.edited import Wanted, as_values, edited, written
from puntlanding.language.notation import Language
from puntlanding.web.presenters.agreement_state import from_record, in_language, rebased, started
from puntlanding.web.presenters.agreement_typed import Base, typed

pytestmark = pytest.mark.generative


def read(text):
    return tomllib.loads(text, parse_float=Decimal)


def tables(raw):
    """Every table of the file, as it stands there."""
    found = []
    for section, value in raw.items():
        if isinstance(value, list):
            found += [Wanted(section, one, at) for at, one in enumerate(value)]
            continue
        found.append(Wanted(section, {k: v for k, v in value.items() if not isinstance(v, dict)}, 0))
        found += [Wanted(f"{section}.{k}", v, 0) for k, v in value.items() if isinstance(v, dict)]
    return found


def base(text):
    return Base("afspraak.toml", text, read(text))


@settings(max_examples=150, deadline=None)
@given(agreements(), st.sampled_from(["", "# een opmerking"]))
def test_what_does_not_change_keeps_its_bytes(raw, comment):
    text = toml(raw, comment=comment)
    assert edited(text, tables(read(text))).text == text
    assert not edited(text, tables(read(text))).rewritten
    assert read(written(tables(read(text)))) == read(text)


@settings(max_examples=150, deadline=None)
@given(agreements(), agreements(), st.data())
def test_it_says_what_was_asked_and_touches_nothing_else(raw, other, data):
    text, becomes = toml(raw, comment="# blijft staan"), other
    now, then = tables(read(text)), tables(becomes)
    there = {(one.section, one.origin) for one in now}
    wanted = [one if (one.section, one.origin) in there else Wanted(one.section, one.values) for one in then]
    wanted += [one for one in now if (one.section, one.origin) not in {(w.section, w.origin) for w in then} and data.draw(st.booleans())]  # fmt: skip
    wanted.sort(key=lambda one: one.section)
    found = edited(text, wanted)
    assert read(found.text) == as_values(wanted)
    assert not found.rewritten
    blocks = ["[" + one.rstrip("\n") for one in text.split("\n[")[1:]]
    assert len(blocks) == len(now)
    for one, block in zip(now, blocks, strict=True):
        if one in wanted:
            assert f"{block}\n" in found.text


@settings(max_examples=100, deadline=None)
@given(agreements(), st.sampled_from(list(Language)), st.sampled_from(list(Language)))
def test_a_form_that_changes_nothing_changes_no_byte(raw, first, second):
    text = toml(raw)
    began = base(text)
    state = started(began.raw, first)
    assert typed(state, began).text == text
    assert typed(from_record(state.record()), began).text == text
    turned = in_language(state, second)
    assert typed(turned, began).text == text
    assert typed(in_language(turned, first), began).text == text


@settings(max_examples=100, deadline=None)
@given(agreements(), agreements(), st.sampled_from(list(Language)))
def test_nothing_that_was_changed_goes_along_as_nothing(raw, other, language):
    """On a newer version, a form in which nothing was changed is that version."""
    old, new = base(toml(raw)), base(toml(other))
    assert typed(rebased(started(old.raw, language), old.raw, new.raw), new).raw == new.raw


@pytest.mark.parametrize(
    "text",
    [
        '[afspraak]\norganisatie = "A"\njaar = 2026\n[afrekening]\nherverdeling = "geen" # zo is het # echt\n',
        '\ufeff[afspraak]\r\norganisatie = "A"\r\njaar = 2026\r\n[afrekening] # kop\r\nherverdeling = "geen"\r\n',
        'afspraak = { organisatie = "A", jaar = 2026 }\nafrekening = { herverdeling = "geen" }\n',
        'afspraak.organisatie = "A"\nafspraak.jaar = 2026\nafrekening.herverdeling = "geen"\n',
        '[afspraak]\norganisatie = """A"""\njaar = 2026\n[afrekening]\n"herverdeling" = "geen"\nbandbreedte_fte = [\n  0.9, # laag\n  1.1,\n]',
    ],
)
def test_however_it_is_written(text):
    wanted = [
        Wanted(one.section, {**one.values, "herverdeling": "naar_rato"}, one.origin) if one.section == "afrekening" else one
        for one in tables(read(text.removeprefix("\ufeff")))
    ]  # fmt: skip
    found = edited(text, wanted)
    assert read(found.text.removeprefix("\ufeff")) == as_values(wanted)
    assert found.text.startswith("\ufeff") == text.startswith("\ufeff")
    assert ("\r\n" in found.text) == ("\r\n" in text)
    assert found.rewritten == ("[afspraak]" not in text)
    if "#" in text and not found.rewritten:
        assert "# zo is het # echt" in found.text or "# kop" in found.text or "# laag" in found.text
