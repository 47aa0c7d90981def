"""Keys of an agreement, on a page in words."""

from __future__ import annotations

import pytest

from puntlanding.language.notation import Language
from puntlanding.web.presenters.keys_said import in_words

pytestmark = pytest.mark.unit
KEYS = '[afrekening] herverdeling = "naar_rato"; [[contract]] "Noord" bandbreedte; [[contract]] "Zuid" soort = "schaduwdraaien"; € 5 uit [kader].'


def test_a_key_reads_as_what_it_is_called():
    dutch = in_words(KEYS, Language.DUTCH)
    assert dutch.startswith("de herverdeling van onderproductie (")
    assert "; de bandbreedte van Noord; de soort van Zuid (schaduwdraaien); € 5 uit ‘Financieel kader’." in dutch
    english = in_words(KEYS, Language.ENGLISH)
    assert "; the bandwidth of Noord; the type of Zuid (" in english
    assert not set("[]=_") & set(dutch + english)


def test_what_is_no_key_stays_as_it_is():
    for text in ("zie [1] en [onbekend] sleutel", "10 % boven", "[[elders]]", ""):
        assert in_words(text, Language.DUTCH) == text
