"""Which stage asks for an order, which for an invoice: by what people call such stages."""

from collections.abc import Sequence
from dataclasses import dataclass

from streak_infor_orchestration.domain.deal import Milestone
from streak_infor_orchestration.onboarding.guesses.words import said

_NOT_YET = (
    "sent",
    "pending",
    "awaiting",
    "waiting",
    "in review",
    "draft",
    "to be",
    "unsigned",
    "not",
    "gesendet",
)
_LOST = (
    "lost dead declined rejected refused cancelled canceled disqualified unqualified abandoned gone churned junk "
    "verloren abgesagt abgelehnt storniert perdu perdue annulé perdido perdida cancelado"
).split()
_INVOICE = (
    "won invoice invoiced invoicing billed billing delivered shipped fulfilled completed finished paid "
    "gewonnen geliefert abgerechnet gagné gagnée facturé ganado ganada facturado vinto"
).split()
_ORDER = (
    "accepted signed approved confirmed agreed ordered handshake committed po purchase verbal "
    "angenommen beauftragt unterschrieben unterzeichnet bestellt zugesagt accepté acceptée signé signée commandé "
    "aceptado aceptada firmado firmada aprobado accettato firmato"
).split()
_PERHAPS_INVOICE = ("closed", "done", "complete", "abgeschlossen", "cerrado")


@dataclass(frozen=True)
class StageGuess:
    name: str
    milestone: Milestone
    why: str


def guess_stages(names: Sequence[str]) -> tuple[StageGuess, ...]:
    """One for each of the pipeline's stages, in the order of the board."""
    guesses = [_guess(name) for name in names]
    asked = False
    for position, guess in enumerate(guesses):
        asked = asked or guess.milestone.wants_order
        if asked and guess.milestone is Milestone.BEFORE:
            why = "nothing in its name; but it stands after a stage that asks for an order"
            guesses[position] = StageGuess(guess.name, guess.milestone, why)
    return tuple(guesses)


def _guess(name: str) -> StageGuess:
    if word := said(name, _LOST):
        return StageGuess(name, Milestone.LOST, f'"{word}"')
    if word := said(name, _NOT_YET):
        return StageGuess(name, Milestone.BEFORE, f'"{word}": not agreed yet')
    for milestone, phrases in ((Milestone.INVOICE, _INVOICE), (Milestone.ORDER, _ORDER)):
        if word := said(name, phrases):
            return StageGuess(name, milestone, f'"{word}"')
    if word := said(name, _PERHAPS_INVOICE):
        return StageGuess(name, Milestone.INVOICE, f'"{word}", though it may mean lost as well')
    return StageGuess(name, Milestone.BEFORE, "nothing in its name asks for an order")
