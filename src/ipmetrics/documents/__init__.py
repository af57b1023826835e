"""Documents: headings, tables and number lines that become text, Markdown or HTML; they know no claim."""

from ipmetrics.documents.blocks import (
    Bar,
    Block,
    Bullets,
    Column,
    Document,
    Folded,
    Group,
    Heading,
    Lane,
    NumberLine,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
)

__all__ = [
    "Bar",
    "Block",
    "Bullets",
    "Column",
    "Document",
    "Folded",
    "Group",
    "Heading",
    "Lane",
    "NumberLine",
    "Paragraph",
    "Row",
    "Run",
    "Table",
    "Tone",
]
