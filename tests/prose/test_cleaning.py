"""Cleaning: what is read is what was given, narrowed, and every letter knows where it stood."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ipmetrics.prose.cleaning import cleaned

# Letters that are narrowed or left out, and tags, often enough to meet.
_AWKWARD = (
    "１ ９ ％ （ ） ， ： 。 、 “ ” ’ \u00a0 \u2009 \u202f \u3000 \u200b \u00ad \ufeff \u202e \u200f \r \n \r\n \t "
    "\x00 \x0c \x85 < > & ** * [ ]( [a](http://b/1) https://x.y/2. http &amp; &nbsp; &#37; <p> </p> <b> "
    "<td> </td> <tr> <!-- --> <script> </script> <sup> </sup> <nav> </nav> <h1> <li> <br/> <html> 年 5 a"
)
awkward = st.sampled_from(_AWKWARD.split(" "))
texts = st.lists(awkward | st.text(max_size=4), max_size=30).map("".join)
plain = st.text(st.characters(exclude_characters="<[]*h"), max_size=60)


def is_narrowed(given: str, clean: str) -> bool:
    """Whether one letter is another one, or its narrow twin, or a space for a space or a control."""
    if given == clean or unicodedata.normalize("NFKC", given) == clean:
        return True
    if clean in " \n":
        return given.isspace() or unicodedata.category(given) == "Cc"
    return (given, clean) in zip("￥￡￠｡､‘’ʼ‐‑﹐﹑﹒﹔﹕﹖﹗﹙﹚﹢﹣﹪", "¥£¢。、'''--,、.;:?!()+-%", strict=True)


@given(texts)
def test_every_letter_has_a_place_and_places_never_go_back(text: str) -> None:
    held = cleaned(text)
    assert held.given == text
    if held.offsets is None:
        assert len(held.clean) == len(text)
        return
    assert len(held.offsets) == len(held.clean) + 1
    assert held.offsets[-1] == len(text)
    assert list(held.offsets) == sorted(held.offsets)
    assert all(0 <= place < len(text) for place in held.offsets[:-1])


@given(plain)
@example("１２３，\u200b％\r\n４")
def test_without_tags_every_letter_is_the_given_one_or_its_narrow_twin(text: str) -> None:
    held = cleaned(text)
    for place, letter in enumerate(held.clean):
        first, last = held.span(place, place + 1)
        assert last == first + 1
        assert is_narrowed(text[first], letter)


@given(plain)
def test_nothing_is_left_out_but_what_nobody_sees(text: str) -> None:
    held = cleaned(text)
    kept = set(range(len(text))) if held.offsets is None else set(held.offsets)
    for place, letter in enumerate(text):
        assert place in kept or letter == "\r" or unicodedata.category(letter) in {"Cf", "Mn", "Cn"}


@given(texts)
def test_no_letter_stays_that_the_readers_would_stumble_on(text: str) -> None:
    clean = cleaned(text).clean
    assert not set(clean) & set("１％，：（）\u00a0\u2009\u202f\u3000\u200b\u00ad\ufeff\u202e\u200f\r\x00\x0c\x85’")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("", ""),
        ("专利１２３件，增长５．５％（上年：４）", "专利123件,增长5.5%(上年:4)"),
        ("“知识产权”、《条例》。", "“知识产权”、《条例》。"),
        ("1\u202f234\u00a0567 patents", "1 234 567 patents"),
        ("a\u200bb\u00adc\ufeffd\u202ee", "abcde"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("the country’s non\u2011resident", "the country's non-resident"),
        ("**40,455** patents, 10**4", "40,455 patents, 10**4"),
        ("[**4,000**](https://x.org/2021/77) grants ![up](/p/5.png)", "4,000 grants up"),
        ("See https://x.org/2021/12345. Then 5", "See . Then 5"),
        ("见https://x.org/2021/1，共5件", "见,共5件"),
        ("5 < 6 and 7 > 6, R&D &amp; more", "5 < 6 and 7 > 6, R&D &amp; more"),
    ],
)
def test_plain_text(text: str, clean: str) -> None:
    assert cleaned(text).clean == clean


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>R&amp;D rose&nbsp;5&#37;</p>", ["R&D rose 5%"]),
        ("<html><head><title>9</title></head><body>a<br>b</body></html>", ["a", "b"]),
        ("<p>a<script>1 < 2</script><style>b{}</style><!-- 3 <p> -->c</p>", ["ac"]),
        ("<body><nav><a>Home</a> 5</nav><p>one\n  two</p>", ["one two"]),
        ("<table><tr><th>Right</th><th>2021</th></tr><tr><td><p>Patents</p></td><td>5</td></tr></table>",
         ["Right | 2021", "Patents | 5"]),
        ("<h2>Grants</h2><ul><li>4,000</li><li><p>5</p></li></ul>", ["# Grants", "• 4,000", "• 5"]),
        ("<p>4,000<sup>1</sup> of 10<sup>4</sup>, 5<sup>th</sup><sup><a href='#n'>[2]</a></sup></p>",
         ["4,000 of 10^4, 5th"]),
        ("<p>never <nav>closed</p>", ["never closed"]),
        ("<p title='a>b' x=\">\">5</p>", ["5"]),
        ("<p it's>5</p>", ["5"]),
        ("<P>a</P><DIV>b</DIV>", ["a", "b"]),
    ],
)  # fmt: skip
def test_pages(page: str, lines: list[str]) -> None:
    assert [" ".join(line.split()) for line in cleaned(page).clean.split("\n") if line.strip()] == lines


def test_a_table_that_only_lays_out_the_page_makes_no_rows() -> None:
    story = "Patents rose. " * 30
    clean = cleaned(f"<table><tr><td>Menu</td><td><p>{story}</p><p>End</p></td></tr></table>").clean
    assert "|" not in clean
    assert [line for line in clean.split("\n") if line][-1] == "End"


def test_a_quotation_is_that_of_the_page() -> None:
    page = "<p>There are <b>1,234</b>&nbsp;patents.</p>"
    held = cleaned(page)
    at = held.clean.index("1,234")
    assert held.quote(at, at + 5) == "1,234"
    assert held.span(at, at + 5) == (page.index("1,234"), page.index("1,234") + 5)


def test_a_mark_before_the_text_moves_nothing() -> None:
    held = cleaned("\ufeff５ patents")
    assert held.clean == "5 patents"
    assert held.quote(0, 1) == "５"
