"""Where the control API lives; requests below it are neither logged nor faulted."""

CONTROL_PREFIX = "/__twin__"


def is_control(path: str) -> bool:
    return path.startswith(CONTROL_PREFIX + "/")
