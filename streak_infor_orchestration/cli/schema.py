"""`streak-infor schema`: what integration.yaml may hold, for editors and for the documentation."""

import json
from pathlib import Path

import click

from streak_infor_orchestration.cli.say import say_json
from streak_infor_orchestration.config.reference import refreshed
from streak_infor_orchestration.config.schema import json_schema
from streak_infor_orchestration.infor.products import FORMAT


@click.command()
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file to write it to."
)
@click.option(
    "--reference",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A page whose tables are to be made anew instead (docs/configuration.md).",
)
def command(output: Path | None, reference: Path | None) -> None:
    """The JSON Schema of integration.yaml. An editor that knows it completes the file and marks mistakes: write
    `# yaml-language-server: $schema=integration.schema.json` as its first line."""
    if reference is not None:
        reference.write_text(refreshed(reference.read_text(encoding="utf-8"), FORMAT.model), encoding="utf-8")
        return
    if output is None:
        say_json(json_schema(FORMAT.model))
    else:
        text = json.dumps(json_schema(FORMAT.model), indent=2, ensure_ascii=False)
        output.write_text(f"{text}\n", encoding="utf-8")
