"""What the documents name exists: commands with their options, variables, addresses, files."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*PROJECT.glob("README*.md"), *(PROJECT / "docs").rglob("*.md")])
COMMAND = re.compile(r"manage\.py ([a-z_]+)([^`\n#]*)")
OPTION = re.compile(r"--[a-z][a-z-]+")
VARIABLE = re.compile(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|PORT)(?:=[^`]*)?`")
ADDRESS = re.compile(r"`(/(?:admin|portal|verify|healthz|announcements|language)[^`\s]*)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
TARGET = re.compile(r"`make ([a-z]+)|^make ([a-z]+)", re.MULTILINE)
ELSEWHERE = {"PR_SET_PDEATHSIG"}
CODE_OF = ("assessment_center", "candidates", "exams", "questionbank", "scoring", "certificates", "archives")  # fmt: skip


def named(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """Every match of the pattern with the document it stands in."""
    found = {
        (str(path.relative_to(PROJECT)), match.group(1))
        for path in DOCUMENTS
        for match in pattern.finditer(path.read_text())
    }
    return sorted(found)


def source() -> str:
    files = [path for app in CODE_OF for path in (PROJECT / app).rglob("*.py")]
    files += [PROJECT / "docker-compose.yml", PROJECT / "Makefile", *PROJECT.glob("tests/**/*.py")]
    return "\n".join(path.read_text() for path in files)


def test_every_command_and_option_exists() -> None:
    commands = get_commands()
    unknown = []
    for path in DOCUMENTS:
        for name, rest in COMMAND.findall(path.read_text()):
            if name not in commands:
                unknown.append(f"{path.name}: {name}")
                continue
            parser = load_command_class(commands[name], name).create_parser("manage.py", name)
            known = {text for action in parser._actions for text in action.option_strings}
            unknown += [f"{path.name}: {name} {o}" for o in OPTION.findall(rest) if o not in known]
    assert unknown == []


def test_every_variable_is_read_somewhere() -> None:
    text = source()
    missing = [
        (document, name)
        for document, name in named(VARIABLE)
        if name not in ELSEWHERE and not re.search(rf"\b{name}\b", text)
    ]
    assert missing == []


@pytest.mark.parametrize(("document", "address"), named(ADDRESS))
def test_every_address_resolves(document: str, address: str) -> None:
    """A part in angle brackets stands for any word, number or key."""
    if "<app>" in address:
        pytest.skip("the root under which the apps stand")
    stand_ins = ("word", "1", "00000000-0000-4000-8000-000000000000")
    for word in stand_ins:
        try:
            found = resolve(re.sub(r"<[^>]+>", word, address.partition("?")[0]))
        except Resolver404:
            continue
        if found.url_name or found.view_name:
            return
    pytest.fail(f"{document} names {address}, which leads nowhere")


def test_every_link_leads_to_a_file() -> None:
    broken = [
        (str(path.relative_to(PROJECT)), link)
        for path in DOCUMENTS
        for link in LINK.findall(path.read_text())
        if not (path.parent / link).exists()
    ]
    assert broken == []


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    called = {a or b for path in DOCUMENTS for a, b in TARGET.findall(path.read_text())}
    assert called - targets == set()


def test_both_readmes_name_the_same_variables() -> None:
    english, chinese = ((PROJECT / f"README{x}.md").read_text() for x in ("", ".zh-CN"))
    assert set(VARIABLE.findall(english)) == set(VARIABLE.findall(chinese))
