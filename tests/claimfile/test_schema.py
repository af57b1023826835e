"""The JSON Schema: it is what the layout says, takes what is read, and refuses what has a fault of form."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import ipmetrics.claimfile
from ipmetrics.claimfile import parse_claims
from ipmetrics.claimfile.schema import claim_file_schema, schema_text
from ipmetrics.errors import ClaimFileError

COMMITTED = Path(ipmetrics.claimfile.__file__).with_name("claims.schema.json")
EXAMPLES = Path(__file__).parents[2] / "examples"
VALIDATOR = jsonschema.Draft7Validator(claim_file_schema(), format_checker=jsonschema.FormatChecker())


def as_json(value: object) -> object:
    """A TOML tree as editors show it to a schema: dates are text."""
    match value:
        case dict():
            return {key: as_json(item) for key, item in value.items()}
        case list():
            return [as_json(item) for item in value]
        case date():
            return value.isoformat()
        case _:
            return value


def accepts(text: str) -> bool:
    return VALIDATOR.is_valid(as_json(tomllib.loads(text)))


def test_the_committed_schema_is_the_generated_one() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "run python -m ipmetrics.claimfile.schema"


def test_the_module_prints_it() -> None:
    printed = subprocess.run([sys.executable, "-m", "ipmetrics.claimfile.schema"], capture_output=True, check=True)
    assert json.loads(printed.stdout) == json.loads(COMMITTED.read_text(encoding="utf-8"))


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(claim_file_schema())


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.name)
def test_it_takes_the_examples(path: Path) -> None:
    VALIDATOR.validate(as_json(tomllib.loads(path.read_text(encoding="utf-8"))))


NAMES = 'indicators.n = { unit = "patent" }\nregions.v = {}\n'
INLINE = '{ level = "n.v.2021", figure = "3" }'
LEVEL = 'level = "n.v.2021"\nfigure = "3"\n'


@pytest.mark.parametrize(
    "text",
    [
        f"{NAMES}[[claims]]\n{LEVEL}figur = 3",
        f'{NAMES}[[claims]]\nlevel = "n.v.2021"\nfigure = 3.5',
        f'{NAMES}[[claims]]\nlevel = "n.v.2021"',
        f'{NAMES}[[claims]]\nlevel = "n.v.2021"\nfigure = {{ text = "3", decimals = "2" }}',
        f'{NAMES}[[claims]]\n{LEVEL}ratio = "n.v.2021"',
        f"{NAMES}[[claims]]\n{LEVEL}span = [1]",
        f"{NAMES}[[claims]]\none_of = []",
        f"{NAMES}[[claims]]\n{LEVEL}source = {{ date = 'May' }}",
        "indicators.n = { hole = true }",
        "indicators.n = { multiplier = 1000 }",
        "indicators.n = { measure = 'stok' }",
        "indicators.n = { catalogue = 'a', label = 'b' }",
        "indicators.'a b' = {}",
        "conventions.about = 0.05",
        "conventions.rounding = 'up'",
        "regions.v = 5",
        "[[claim]]",
    ],
)
def test_it_refuses_what_the_reader_refuses(text: str) -> None:
    assert not accepts(text)
    with pytest.raises(ClaimFileError):
        parse_claims(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{NAMES}[[claims]]\n{LEVEL}",
        f"{NAMES}[[claims]]\n{LEVEL}span = [1, 2]\nsource = {{ date = 2021-01-01 }}",
        f"{NAMES}claims = [{{ one_of = [{INLINE}, {INLINE}] }}]",
        "indicators.n = {}\nindicators.m = { per = ['n', 'n', 1000], period = 'either' }",
        "conventions = { about = '5%', fraction_words = '1/10', round_numbers = false }",
        "claims = []",
    ],
)
def test_it_takes_what_the_reader_takes(text: str) -> None:
    assert accepts(text)
    parse_claims(text)
