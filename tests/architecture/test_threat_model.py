"""Is every claim of the threat model held by a test that exists?"""

import ast
import re

import pytest

from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
_TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
NAMED = sorted(set(_TEST.findall(PAGE)))


@pytest.mark.parametrize(("file", "test"), NAMED, ids=[test for _, test in NAMED])
def test_the_named_test_exists(file: str, test: str) -> None:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    assert test in {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_claim_names_one() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]
    claims = [line for line in rows if not line.startswith(("|---", "| who |", "| what |", "| stolen |"))]
    assert len(claims) > 30
    assert [line for line in claims if not _TEST.search(line)] == []
