"""Arguments and options that several commands share: one wording, one type."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[list[str], typer.Argument(help="Files (.txt, .md), folders, or - for standard input.", metavar="PATHS...")]
Published = Annotated[str | None, typer.Option(metavar="EDTF", help="Reference date for relative dates: 2024-11-30, 2024-11 or 2024.")]
Currency = Annotated[str | None, typer.Option(metavar="ISO", help="Currency of sums that state none: CNY, TWD, USD …")]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="Encoding of all inputs; recognised where it is not given.")]
Rules = Annotated[list[Path] | None, typer.Option(metavar="DIR", help="Your own rules, added to the shipped ones. May be repeated.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only this kind: funding, valuation, chip, process_node, date, amount. May be repeated."),
]
Companies = Annotated[
    list[str] | None, typer.Option("--company", metavar="NAME", help="Only this company, under any name. May be repeated.")
]
