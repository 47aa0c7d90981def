"""Every command shown in the documentation is run, and prints what the page says it prints."""

import shutil

import pytest

import console

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(shutil.which("bash") is None, reason="the pages show bash commands, and there is no bash here"),
]


@pytest.mark.parametrize("page", console.pages(), ids=lambda page: str(page.relative_to(console.ROOT)))
def test_the_page_shows_what_the_program_prints(page):
    steps = list(console.run(page))
    assert steps
    for step in steps:
        assert step.agrees, "\n".join([f"$ {step.command}", *step.printed, "", "run `make docs`, or mend the page"])


def test_lines_left_out_are_the_only_freedom():
    printed = ("a", "b", "c", "d")

    def agrees(*shown):
        return console.Step("x", shown, printed).agrees

    assert agrees("a", "b", "c", "d")
    assert agrees("a", "…", "d")
    assert agrees("a", "…")
    assert agrees("…", "d")
    assert not agrees("a", "b", "c")
    assert not agrees("a", "…", "c")
    assert not agrees("b", "…")
    assert not agrees("a", "…", "e")
    assert not agrees()
