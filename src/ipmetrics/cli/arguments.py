"""Arguments: what may be asked for on the command line, and help in the user's words.

This room knows commands and options. It loads nothing of what they ask for.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from typing import TYPE_CHECKING

from ipmetrics.cli.streams import write

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FORMATS", "LANGUAGES", "READERS", "ROUNDINGS", "build_parser", "parsed"]

# Written out, because asking the rooms that own them would load them: tests hold the two together.
FORMATS = ("text", "markdown", "html", "json")
LANGUAGES = ("en", "zh")
READERS = ("csv", "sdmx", "world-bank")
ROUNDINGS = (
    "nearest", "half_up", "half_down", "half_even", "truncated", "floor", "ceiling", "balanced", "exact",
)  # fmt: skip

_WEIGHT = re.compile(r"[0-9]{1,12}(?:[./][0-9]{1,12})?")
_LAYOUT = argparse.RawDescriptionHelpFormatter
_DESCRIPTION = "Check published statistics against each other. Without arguments: check the claim sets shipped here."
_CHECKING = """\
  ipmetrics                                    check the claim sets that come with ipmetrics
  ipmetrics check report.toml                  judge one claim file
  ipmetrics check 2021.toml 2022.csv           judge two files together, as one dossier
  ipmetrics check report.toml -f html -o report.html
  ipmetrics check article.txt                  whether an article agrees with itself
  ipmetrics check article.html report.toml     and with a claim file
  ipmetrics check - < report.toml              read a claim file or an article from standard input
"""
_EXPLAINING = """\
  ipmetrics explain report.toml                what contradicts what, and what may have been meant
  ipmetrics explain report.toml growth         what concerns the claim "growth" alone
  ipmetrics explain report.toml --trust total  hold the claim "total" fast: never blame it
"""
_READING = """\
  ipmetrics read article.txt                   the claims of an article, each under its sentence
  ipmetrics read article.html -o claims.toml --date 2022-04-30
  ipmetrics read - --format json < article.txt everything that was read, for programs
"""
_READ_ENDINGS = """
exit status:
  0  it was read, whether or not there are claims in it
  2  unusable input, or output that cannot be written
"""
_TABULATING = """\
  ipmetrics table patents.csv --rules rules.toml
                                               judge every row by the formulas of a rules file
  ipmetrics table patents.csv --rules rules.toml -o checked.csv
                                               and write the table with a verdict for every row
  ipmetrics table sdmx.csv --rules rules.toml --wide unit
                                               SDMX-CSV, with counts and rates side by side
"""
_ENDINGS = """
exit status:
  0  consistent, or undetermined (said on standard error)
  1  inconsistent
  2  unusable input, or output that cannot be written
  3  undetermined, with --strict
"""


class _Version(argparse.Action):
    """Look the version up only when it is asked for: reading metadata is slow."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - see above

        write(f"ipmetrics {version('ipmetrics')}\n")
        parser.exit(0)


def parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments as a namespace; without any, those that check what is shipped."""
    parser = build_parser()
    given = sys.argv[1:] if argv is None else list(argv)
    if given:
        return parser.parse_args(given)
    shipped = parser.parse_args(["check", "-"])
    shipped.files = []
    return shipped


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    epilog = f"examples:\n{_CHECKING}{_EXPLAINING}{_READING}{_TABULATING}{_ENDINGS}"
    parser = argparse.ArgumentParser(prog="ipmetrics", description=_DESCRIPTION, epilog=epilog, formatter_class=_LAYOUT)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, dest="command")
    check = commands.add_parser(
        "check",
        help="judge claim files or articles and write a report",
        description="Read claim files and articles, judge all their claims together and write a report.\n"
        "It begins with what nobody has checked. An article counts as far as it was surely read.",
        epilog=f"examples:\n{_CHECKING}{_ENDINGS}",
        formatter_class=_LAYOUT,
    )
    check.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a claim file, .toml or .csv, or an article, .txt, .md or .html; - is standard input",
    )
    _add_article_options(check)
    _add_report_options(check)
    explain = commands.add_parser(
        "explain",
        help="say what contradicts what, and what may have been meant",
        description="Read a claim file and say what contradicts what, what may have been meant,\n"
        "and which figures would have to change.",
        epilog=f"examples:\n{_EXPLAINING}{_ENDINGS}",
        formatter_class=_LAYOUT,
    )
    explain.add_argument("file", metavar="FILE", help="a claim file or an article; - is standard input")
    explain.add_argument("claim", metavar="CLAIM", nargs="?", help="the id of a claim: tell what concerns it alone")
    _add_explain_options(explain)
    _add_article_options(explain)
    _add_report_options(explain)
    read = commands.add_parser(
        "read",
        help="find the claims of an article and write them as a claim file",
        description="Read an article and write its claims as a claim file to look through and check, or as JSON.",
        epilog=f"examples:\n{_READING}{_READ_ENDINGS}",
        formatter_class=_LAYOUT,
    )
    read.add_argument("file", metavar="FILE", help="an article, .txt, .md or .html; - is standard input")
    read.add_argument("-f", "--format", choices=("toml", "json"), default="toml", help="of the claims (default: toml)")
    read.add_argument("-o", "--output", metavar="FILE", help="write the claims there instead")
    _add_article_options(read)
    read.add_argument("-q", "--quiet", action="store_true", help="nothing unless --output, and no remarks")
    read.set_defaults(colour="never")  # claims have none
    table = commands.add_parser(
        "table",
        help="check every printed figure of a table against the others",
        description="Check every row of a table by the formulas of a rules file, and write a report.\n"
        "A CSV file may be larger than memory: it is read in two passes.",
        epilog=f"examples:\n{_TABULATING}{_ENDINGS}",
        formatter_class=_LAYOUT,
    )
    _add_table_options(table)
    return parser


def _add_article_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--date", type=_day, metavar="YYYY-MM-DD", help="when an article was published (default: looked for in it)"
    )
    command.add_argument(
        "--language", choices=LANGUAGES, help="of an article (default: told by the letters of each part)"
    )


def _add_table_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="a table, .csv, .tsv or .parquet; - is CSV on standard input")
    command.add_argument("--rules", required=True, metavar="RULES", help="the rules file, .toml")
    command.add_argument("-f", "--format", choices=FORMATS, default="text", help="of the report (default: text)")
    command.add_argument("-o", "--output", metavar="FILE", help="write the checked table there, .csv or .parquet")
    command.add_argument("--report", metavar="FILE", help="write the report there instead of standard output")
    command.add_argument(
        "--reader", choices=READERS, help="what kind of CSV file it is (default: told by its first lines)"
    )
    command.add_argument(
        "--wide",
        action="append",
        metavar="COLUMN",
        help="make a column of each code in this one, such as the unit of SDMX-CSV; may be repeated",
    )
    command.add_argument("--encoding", default="utf-8-sig", metavar="NAME", help="of a CSV file (default: UTF-8)")
    command.add_argument(
        "--label", action="append", metavar="COLUMN", help="call rows by what stands in this column; may be repeated"
    )
    command.add_argument(
        "--limit", type=_count, default=20, metavar="N", help="how many rows to tell in words (default: 20)"
    )
    command.add_argument("--strict", action="store_true", help="exit with 3 if some row could not be checked")
    _add_look_options(command, unless="--report")


def _add_explain_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--trust",
        action="append",
        default=[],
        metavar="ID",
        help="never blame this claim, or any claim of the document of this title; may be repeated",
    )
    command.add_argument(
        "--weight",
        action="append",
        default=[],
        type=_weight,
        metavar="ID=NUMBER",
        help="how hard a claim is to doubt, where others have 1: 2, 0.5 or 1/3; may be repeated",
    )
    command.add_argument(
        "--limit",
        type=_count,
        metavar="N",
        help="how many conflicts to look for before the rest is left open, and said to be",
    )


def _add_report_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("-f", "--format", choices=FORMATS, default="text", help="of the report (default: text)")
    command.add_argument("-o", "--output", metavar="FILE", help="write the report there instead")
    command.add_argument("--details", action="store_true", help="show proofs and true values in a text report, too")
    command.add_argument(
        "--rounding",
        choices=ROUNDINGS,
        metavar="RULE",
        help=f"how figures were rounded where they do not say: {', '.join(ROUNDINGS)}",
    )
    command.add_argument("--strict", action="store_true", help="exit with 3 if the claims are undetermined")
    _add_look_options(command, unless="--output")


def _add_look_options(command: argparse.ArgumentParser, *, unless: str) -> None:
    command.add_argument("-q", "--quiet", action="store_true", help=f"no report unless {unless}, and no remarks")
    colours = ("auto", "always", "never")
    command.add_argument("--colour", "--color", choices=colours, default="auto", help="(default: auto)")
    never = command.add_argument("--no-colour", "--no-color", action="store_const", const="never")
    never.dest, never.help = "colour", "as --colour never"


def _weight(text: str) -> tuple[str, str]:
    """The name of a claim and a number above zero, still as text: fractions are loaded with the rest."""
    name, sign, number = text.rpartition("=")
    if not sign or not name or not _WEIGHT.fullmatch(number) or _is_none(number):
        message = f"write a claim's id and a number above zero, such as total=2 or total=0.5: got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return name, number


def _is_none(number: str) -> bool:
    """Whether a number, or what it is divided by, is zero."""
    first, _, last = number.partition("/")
    return not first.strip("0.") or (bool(last) and not last.strip("0"))


def _day(text: str) -> str:
    """A day as written, once it is known to be one."""
    try:
        dt.date.fromisoformat({4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text))
    except ValueError:
        message = f"write a day such as 2022-04-30: got {text!r}"
        raise argparse.ArgumentTypeError(message) from None
    return text


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text) or not int(text):
        message = f"write a whole number from 1: got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
