"""Whether a documented command line is one: parsed to its last word by the very commands, and not executed."""

import shlex

import click

from streak_infor_orchestration import cli


def refused(line: str) -> str:
    """Why `streak-infor …` would be refused, "" when it would not."""
    command: click.Command = cli._group
    context = click.Context(command, info_name="streak-infor")
    words = shlex.split(line)[1:]
    try:
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            name = words.pop(0)
            found = command.get_command(context, name)
            if found is None:
                return f"there is no command {name}"
            command, context = found, click.Context(found, parent=context)
        if isinstance(command, click.Group) and not command.invoke_without_command:
            return "names no command of the group"
        command.make_context(line, words)
    except click.ClickException as error:
        return error.format_message()
    return ""
