"""What is declared of the rules is so: every proof exists, every act has its consequence."""

import ast
from functools import cache
from pathlib import Path

import pytest

from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.rules.role_matrix import ROLE_MATRIX
from assessment_center.conformance import matrix
from assessment_center.conformance.coverage import rule_rows
from assessment_center.conformance.declarations import Kept, checks, declarations
from assessment_center.rulebooks import CODES, load

ROOT = Path(__file__).resolve().parents[2]
DECLARED = [
    (rule, each) for rule, found in sorted(declarations.items()) for each in found
]  # fmt: skip
SHORT_NOTE = 6


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text())
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def missing_tests(nodes: tuple[str, ...]) -> list[str]:
    """Those of the node ids that name no test function."""
    return [
        node
        for node in nodes
        if not (ROOT / node.partition("::")[0]).is_file()
        or node.partition("::")[2] not in _tests_of(node.partition("::")[0])
    ]


def test_a_node_that_is_none_is_noticed() -> None:
    own = "tests/architecture/test_rules_declared.py"
    assert missing_tests((f"{own}::test_a_node_that_is_none_is_noticed",)) == []
    assert missing_tests((f"{own}::test_nothing", "tests/no.py::test_x")) != []


def test_every_proof_exists() -> None:
    wrong = {rule: missing_tests(each.tests) for rule, each in DECLARED}
    assert {rule: nodes for rule, nodes in wrong.items() if nodes} == {}


def test_what_the_system_claims_has_a_proof() -> None:
    unproven = [
        rule
        for rule, each in DECLARED
        if each.kept in {Kept.ENFORCED, Kept.CHECKED} and not each.tests
    ]
    assert unproven == []


def test_every_declaration_says_how_or_why() -> None:
    assert [rule for rule, each in DECLARED if len(each.note.strip()) < SHORT_NOTE] == []


def test_whoever_may_confirm_gets_to_the_page() -> None:
    confirmers = {role for _rule, each in DECLARED for role in each.by}
    assert [role for role in confirmers if Act.CONFORMANCE_VIEW not in ROLE_MATRIX[role]] == []
    without = [rule for rule, each in DECLARED if each.kept is Kept.MANUAL and not each.by]
    assert without == []
    assert Role.INSPECTOR not in confirmers


def test_a_rule_is_not_declared_both_ways() -> None:
    """Not for this software excludes every other way; by hand excludes enforced."""
    mixed = {
        rule
        for rule, found in declarations.items()
        for kinds in [{each.kept for each in found}]
        if len(kinds) > 1 and kinds & {Kept.NOT_APPLICABLE, Kept.MANUAL}
    }
    assert mixed == set()


def test_well_over_half_of_the_rules_are_decided() -> None:
    rows = rule_rows()
    decided = [row for row in rows if row["kept"] != Kept.OPEN.value]
    assert len(decided) * 3 > len(rows) * 2


def test_every_page_of_a_check_leads_somewhere() -> None:
    class Batch:
        code = "B1"

    for rule, found in checks.items():
        for each in found:
            told = (each.look.__doc__ or "").strip()
            assert not told.isascii(), f"{rule}: what is looked at, in the office's words"
            for shown in each.shown_at(Batch()):
                assert shown.url.startswith("/"), rule


@pytest.mark.parametrize("code", CODES)
def test_an_enforced_act_stands_in_the_rulebook_that_speaks_of_it(code: str) -> None:
    rules = load(code)
    known = {each.row for each in rules.violations}
    spoken = [
        row.id
        for row in matrix.rows()
        if row.id.startswith("VIO-")
        and rules.identity.short in row.rulebooks
        and any("test_the_consequence_is_the_rulebooks" in t for t in _proofs(row.id))
    ]
    assert [rule for rule in spoken if rule not in known] == []


def _proofs(rule: str) -> list[str]:
    return [test for each in declarations.get(rule, []) for test in each.tests]
