"""Reading articles: how long a text of a megabyte takes, how that grows, and what hostile texts do to it.

``python -m benchmarks.prose`` times text like that of press offices, in English and Chinese, from sentences made up
here; ``python -m benchmarks.prose FOLDER`` also measures accuracy on labelled texts (NNN.txt beside NNN.jsonl).
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path

import ipmetrics as ipm

ENGLISH = """\
Riverton District: patents in force pass half a million

The district granted {a} invention patents in {y}, up {p}% year on year, the office said on Monday. By the end of \
the year {b} invention patents were in force, {p} percent more than a year earlier, and there were {r} high-value \
invention patents per 10,000 people, {k} times the provincial average.

Officials described the measures that had led there. Companies, universities and research institutes took part in a \
programme that links examination with financing, and the courts of the district tried cases in a shorter time than \
before. Nothing of this is counted here, as most sentences of most articles count nothing.

Trade mark applications fell {p}% to {a}, from {b} in the year before. Pledges were worth {r} billion yuan \
(about ${k} billion), accounting for {p}% of the province's total.

"""
CHINESE = """\
江湾区去年发明专利授权量增长{p}%

去年,全区发明专利授权{a}件,同比增长{p}%;截至年末,有效发明专利达到{b}件,占全市的{p}%。每万人口高价值发明专利拥有量{r}件,是全市平均水平的{k}倍。

有关负责人介绍了推动知识产权高质量发展的各项举措,并就审查、金融和司法保护回答了记者的提问。

"""
FILLER = """\
Officials also described how examination, financing and the courts work together. Universities transfer what they \
invent, companies pay for it, and banks lend on what it is worth, so that, as one of them put it, an idea does not \
stay in a drawer. A centre near the station advises inventors before they file and answers their questions after it.

Speakers at the forum asked what a young company should do first. Some would register the name under which it sells, \
others would keep the method secret until it can be protected. Nobody thought that the law was the difficult part.

"""
HOSTILE = {
    "digits": "7",
    "digit and comma": "1,",
    "figures": "5 patents and ",
    "brackets": "(1 a) ",
    "hedges": "more than ",
    "places": "Beijing 5, ",
    "shares": "5% of China ",
    "from": "from 5 to ",
    "months": "June ",
    "tags": "<b",
    "零": "增长5%、",
}
MEGABYTE = 1_000_000
ROUNDS = 3


def article(pattern: str, letters: int) -> str:
    """Text of so many letters, whose figures differ from paragraph to paragraph."""
    parts, length, n = [], 0, 0
    while length < letters:
        n += 1
        filled = pattern.format(
            a=f"{10_000 + n:,}", b=f"{500_000 + 7 * n:,}", p=f"{n % 90 + 0.5:.1f}", r=f"{n % 50 + 1.25:.2f}",
            k=f"{n % 8 + 1.5:.2f}", y=1990 + n % 30,
        )  # fmt: skip
        parts.append(filled)
        length += len(filled)
    return "".join(parts)[:letters]


def seconds(text: str, rounds: int = ROUNDS) -> float:
    """The median time of reading a text."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        ipm.find_claims(text, date=date(2024, 3, 1))
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def speed() -> None:
    """Seconds for a megabyte, and how they grow from a quarter of it."""
    print("text                 letters   claims  seconds   4x the text, times as long   peak MB")
    texts = (
        ("English, a release", ENGLISH + 3 * FILLER, MEGABYTE),
        ("English, figures", ENGLISH, MEGABYTE),
        ("Chinese, figures", CHINESE, MEGABYTE // 3),
    )
    for name, pattern, letters in texts:
        text = article(pattern, letters)
        whole, quarter = seconds(text), seconds(text[: letters // 4])
        tracemalloc.start()
        count = len(ipm.find_claims(text, date=date(2024, 3, 1)))
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        print(f"{name:20} {letters:8,} {count:8,} {whole:8.2f}   {whole / quarter:26.1f}   {peak:7.0f}")


def hostile() -> None:
    """How reading grows on one line of a repeated piece."""
    print("\nrepeated piece       seconds for 50,000 letters   4x the text, times as long")
    for name, piece in HOSTILE.items():
        text = piece * (200_000 // len(piece))
        whole, quarter = seconds(text, 1), seconds(text[:50_000], 1)
        print(f"{name:20} {quarter:26.2f} {whole / quarter:28.1f}")


def accuracy(folder: Path) -> None:
    """How many labelled figures are found, and how many that are none."""
    gold = found = hit = 0
    for labels in sorted(folder.glob("*.jsonl")):
        lines = labels.with_suffix(".txt").read_text("utf-8").split("\n", 4)
        published = next((line.split(":", 1)[1].strip() for line in lines[:4] if line.startswith("# date:")), None)
        read = list(ipm.find_claims(lines[4], date=published).statements)
        told = [json.loads(line) for line in labels.read_text("utf-8").splitlines() if line.strip()]
        gold, found = gold + len(told), found + len(read)
        for label in told:
            first, last = label["start"], label["start"] + len(label["quote"])
            same = next(
                (each for each in read if each.span[0] < last and first < each.span[1] and _same(each, label)), None
            )
            if same is not None:
                hit += 1
                read.remove(same)
    print(f"\n{folder.name}: {gold} labelled, precision {hit / found:.3f}, recall {hit / gold:.3f}")


def _same(read: object, label: dict[str, str]) -> bool:
    value = float(read.value)  # type: ignore[attr-defined]  # a statement
    return abs(value - abs(float(Decimal(label["value"])))) <= 1e-4 * max(1.0, value)


if __name__ == "__main__":
    speed()
    hostile()
    for name in sys.argv[1:]:
        accuracy(Path(name))
