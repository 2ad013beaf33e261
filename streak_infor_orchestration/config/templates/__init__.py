"""Configurations to start from."""

from importlib.resources import files


def names() -> tuple[str, ...]:
    return tuple(
        sorted(f.name.removesuffix(".yaml") for f in files(__package__).iterdir() if f.name.endswith(".yaml"))
    )


def text(name: str) -> str:
    """The template of that name, comments and all. Raises FileNotFoundError for any but `names()`."""
    if name not in names():
        raise FileNotFoundError(f"no template {name}; there are: {', '.join(names())}")
    return files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
