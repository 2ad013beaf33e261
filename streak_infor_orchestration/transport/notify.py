"""Telling people, over any channel apprise knows: Slack, Teams, e-mail, a webhook, a hundred more."""


def notify(address: str, title: str, text: str) -> bool:
    """False when the channel did not take it. `address` holds a secret and goes nowhere else."""
    import apprise

    channel = apprise.Apprise()
    return bool(channel.add(address) and channel.notify(title=title, body=text))
