"""What the reader of the file says, said of a form: no keys and brackets, and numbers as they are typed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from puntlanding.language.notation import Language, precise
from puntlanding.language.sentences import sentence
from puntlanding.problems import Problem
from puntlanding.setting import Kind, Setting
from puntlanding.web.presenters.agreement_state import percent

_PLAINLY = {"pot_without_size": "typed_pot_without_size", "pot_twice": "typed_pot_twice"}


def said(problem: Problem, one: Setting | None, language: Language) -> str:
    """``one``: the setting that it is about, where it is about one."""
    known = _KNOWN.get(problem.code)
    if known is not None:
        problem = known(problem, one, language)
    elif problem.code in _PLAINLY:
        problem = replace(problem, code=_PLAINLY[problem.code])
    return sentence(problem, language)


def bound(one: Setting, value: Fraction, language: Language) -> str:
    """As it is typed in the field."""
    if one.kind is Kind.YEAR:
        return str(value)
    return f"{precise(value * 100, language)} %" if percent(one) else precise(value, language)


def _missing(problem: Problem, one: Setting | None, language: Language) -> Problem:
    if one is None:
        return problem
    if one.kind is Kind.CHOICE:
        return replace(problem, code="typed_choice_missing")
    example = ("", "")
    if one.kind is Kind.TEXT and one.example:
        example = (f", bijvoorbeeld {one.example}", f", for instance {one.example}")
    elif one.kind is Kind.NUMBER and one.example:
        shown = bound(one, Fraction(one.example), language)
        example = (f", bijvoorbeeld {shown}", f", for instance {shown}")
    return replace(problem, code="typed_missing", details={"example": example})


def _range(problem: Problem, one: Setting | None, language: Language) -> Problem:
    if one is None or one.minimum is None:
        return problem
    lowest = bound(one, one.minimum, language)
    if one.maximum is None:
        return replace(problem, code="typed_at_least", details={"lowest": lowest})
    return replace(
        problem, code="typed_range", details={"lowest": lowest, "highest": bound(one, one.maximum, language)}
    )


def _weights(problem: Problem, one: Setting | None, language: Language) -> Problem:
    whole = Fraction(str(problem.details["sum"]).rstrip(".")) * 100
    return replace(problem, code="typed_weights_sum", details={"sum": precise(whole, language)})


_KNOWN: Mapping[str, Callable[[Problem, Setting | None, Language], Problem]] = {
    "key_missing": _missing,
    "value_range": _range,
    "value_at_least": _range,
    "weights_sum": _weights,
    "old_model_weights_sum": _weights,
}
