"""Every sentence and every term the program can need exists, in both languages, with the same fields."""

import ast
import importlib
import string
import tempfile
from pathlib import Path

import pytest

import puntlanding
from puntlanding.case import load_case
from puntlanding.cli.texts import TEXTS
from puntlanding.demo.collective import write_collective
from puntlanding.explain import Operation, walk
from puntlanding.language import messages
from puntlanding.language.messages import MESSAGES, WORDS
from puntlanding.language.terms import TERMS
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.unit

SOURCE = Path(puntlanding.__file__).parent
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
EXAMPLES = sorted(one for one in (SOURCE.parents[1] / "examples" / "handreiking").iterdir() if one.is_dir())
# Functions whose first text is a term, and those whose first text is a message code.
TERM_MAKERS = {
    "total", "difference", "product", "quotient", "minimum", "maximum", "excess", "cell", "constant", "lazy_total", "named",
    "total_or_none", "_excess", "_group_sum", "add", "add_known", "_zero", "_fte",
}  # fmt: skip
CODE_MAKERS = {"Problem", "problem", "warn"}


def makes_nodes(tree):
    """Whether a module deals in numbers with their trees: in others `add` is no term."""
    return any(isinstance(node, ast.ImportFrom) and node.module == "puntlanding.explain" for node in ast.walk(tree))


def calls(names):
    for path, tree in TREES.items():
        if path.parent.name == "language" or (names is TERM_MAKERS and not makes_nodes(tree)):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in names and node.args:
                    yield path, node.args[0]


def texts(node):
    """The texts that an argument can be: one, or either side of a condition."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


CODES = sorted({code for _, argument in calls(CODE_MAKERS) for code in texts(argument)})
NAMED = sorted({name for _, argument in calls(TERM_MAKERS) for name in texts(argument)})


def test_the_scan_finds_what_there_is():
    assert {"value_missing", "group_unknown", "nothing_paid", "needs_table", "row_twice"} <= set(CODES)
    assert {"paid", "lambda", "norm_hours", "care_fte", "amount", "rounding", "budgeted"} <= set(NAMED)


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_its_sentence(code):
    assert code in MESSAGES


@pytest.mark.parametrize("name", NAMED)
def test_a_term_has_its_name(name):
    assert name in TERMS


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_have_the_same_fields(code):
    dutch, english = MESSAGES[code]
    dutch_only = fields(dutch) ^ fields(english)
    assert dutch_only <= {"broken", "broken_comma"}  # the same number in either notation
    assert dutch.strip()
    assert english.strip()
    assert dutch != english


@pytest.fixture(scope="module")
def texts_in_code():
    return {
        node.value
        for path, tree in TREES.items()
        if path.name != Path(messages.__file__).name
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize("code", MESSAGES)
def test_no_sentence_is_left_over(code, texts_in_code):
    """A code that only stands in a dictionary or a comparison counts as used."""
    assert code in texts_in_code


@pytest.mark.parametrize("pair", [*WORDS.values(), *TERMS.values(), *TEXTS.values()], ids=lambda pair: pair[0][:30])
def test_every_word_has_both_languages(pair):
    dutch, english = pair
    assert dutch.strip()
    assert english.strip()
    assert fields(dutch) == fields(english)


def terms_of(case):
    year = Year(load_case(case).checked())
    for stage in Stage:
        if year.missing(stage):
            continue
        shown = table(stage, year)
        rows = [*shown.rows, *shown.care_units, *shown.contract_totals, shown.total]
        rows += [inner for row in shown.rows for inner in row.contracts]
        for root in [cell for row in rows for cell in row.cells if cell] + list(shown.beside_total.values()):
            yield from walk(root)


def assert_known(nodes):
    for node in nodes:
        # a key of the agreement is its own name, unless it has a better one
        assert node.term in TERMS or (node.operation is Operation.SETTING and "." in node.term), node.term


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.name)
def test_terms_of_the_worked_examples(case):
    assert_known(terms_of(case))


def test_terms_of_the_demonstration_collective():
    with tempfile.TemporaryDirectory() as place:
        write_collective(Path(place) / "demo")
        assert_known(terms_of(Path(place) / "demo"))


def test_no_two_rooms_give_one_name_another_text():
    """They are put together in one dictionary: the last would win, and nobody would see it."""
    for whole, folder, pattern in ((TEXTS, "cli", "texts*.py"), (MESSAGES, "language/messages", "*.py")):
        found: dict[str, str] = {}
        for path in sorted((SOURCE / folder).glob(pattern)):
            for node in ast.walk(TREES[path]):
                if not isinstance(node, ast.Dict):
                    continue
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value in whole:
                        text = ast.dump(value)
                        assert found.setdefault(key.value, text) == text, f"{path.name}: {key.value}"


def test_no_room_takes_the_message_of_another():
    """A code that two rooms define would silently become the last one's sentence."""
    rooms = [
        value
        for path in sorted(Path(messages.__file__).parent.glob("[!_]*.py"))
        for value in vars(importlib.import_module(f"{messages.__name__}.{path.stem}")).values()
        if isinstance(value, dict) and value.keys() <= MESSAGES.keys()
    ]
    codes = [code for room in rooms for code in room]
    assert len(codes) == len(set(codes)) == len(MESSAGES)
