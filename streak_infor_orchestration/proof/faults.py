"""What goes wrong in the systems around: answers, connections, tokens, late commits, and webhooks on their way."""

import base64
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from streak_infor_orchestration.demo.company import INTEGRATION_KEY, Acme
from streak_infor_orchestration.demo.http import Json

SETTLED = 5.0
"""`settle_seconds` of the demo's configuration: the ERP commits within it, or never."""

HTML = {"body": "<html><h1>Service Unavailable</h1></html>", "content_type": "text/html"}
READS = {"method": "GET"}
WRITES = {"method": "POST"}

ANSWERS: dict[str, Json] = {
    "429 with Retry-After": {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}},
    "429": {"kind": "status", "status": 429},
    "500": {"kind": "status", "status": 500},
    "503": {"kind": "status", "status": 503},
    "503 in HTML": {"kind": "status", "status": 503, **HTML},
    "200 in HTML": {"kind": "garbage", **HTML},
    "500 after the commit": {"kind": "status_after", "status": 500, **WRITES},
    "cut before the commit": {"kind": "cut_before", **WRITES},
    "cut after the commit": {"kind": "cut_after", **WRITES},
    "read cut": {"kind": "cut_before", **READS},
    "slow": {"kind": "slow", "seconds": 2.0},
    "slow after the commit": {"kind": "slow_after", "seconds": 3.0, **WRITES},
    "no answer in time": {"kind": "slow_after", "seconds": 25.0, **WRITES},
    "truncated": {"kind": "garbage", "style": "truncated"},
    "no JSON": {"kind": "garbage", "style": "invalid"},
    "wrong types": {"kind": "garbage", "style": "wrong_types"},
}
RARE = {"no answer in time": 1}
COMMON = 4
AT_ONCE = 3
"""Switches of one system that may lie in wait: what nobody ran into by then is taken back, or a system that the product
leaves alone for a while would be down for ever."""

TIMES = (1, 1, 1, 2, 2, 3, 6)
"""How often one strikes. The product tries a read four times: six in a row are an outage."""

WEBHOOKS: dict[str, Json] = {
    "as they should": {},
    "dropped": {"drop": 0.25},
    "duplicated": {"duplicate": 2},
    "reordered": {"reorder": True, "reorder_within": 3.0},
    "delayed": {"delay": 3.0},
    "dropped, duplicated, reordered": {
        "drop": 0.15,
        "duplicate": 1,
        "reorder": True,
        "reorder_within": 2.0,
        "delay": 0.5,
    },
}
CALM: Json = {"drop": 0, "duplicate": 0, "delay": 0.0, "reorder": False}

OURS = "^Basic " + base64.b64encode(f"{INTEGRATION_KEY}:".encode()).decode()
"""Streak fails for the integration only: what the company's people do has happened."""


@dataclass
class Faults:
    """Switches faults on in both simulators, and counts how often each was played."""

    acme: Acme
    dice: Random
    _labels: dict[str, list[str]] = field(default_factory=lambda: {"streak": [], "infor": []})
    _counted: Counter[str] = field(default_factory=Counter)

    def gust(self) -> str:
        """One more disturbance of one system; says which."""
        if self.dice.random() < 0.2:
            return self._lever()
        (label,) = self.dice.choices(list(ANSWERS), [RARE.get(label, COMMON) for label in ANSWERS])
        system = self.dice.choice(("infor", "infor", "streak"))
        times = 1 if label in RARE else self.dice.choice(TIMES)
        if len(self._labels[system]) >= AT_ONCE:
            self._take_back(system)
        switch: Json = {**ANSWERS[label], "times": times}
        if system == "streak":
            switch["authorization"] = OURS
        self._control(system, "POST", "/faults", switch)
        self._labels[system].append(label)
        return f"{system}: {label}"

    def weather(self) -> str:
        """How webhooks arrive from now on."""
        label = self.dice.choice(list(WEBHOOKS))
        self._control("streak", "POST", "/delivery", {**CALM, **WEBHOOKS[label]})
        self._counted[f"webhooks {label}, spells"] += label != "as they should"
        return f"webhooks {label}"

    def calm(self) -> None:
        """Nothing fails any more; what was put off is delivered."""
        for system in self._labels:
            self._take_back(system)
        self._control("streak", "POST", "/delivery", CALM)
        self._control("streak", "POST", "/deliveries/flush")

    def played(self) -> Counter[str]:
        """How often each kind of fault has hit a call."""
        return +sum((self._fired(system) for system in self._labels), Counter(self._counted))

    def _fired(self, system: str) -> Counter[str]:
        switches = self._control(system, "GET", "/faults")
        fired: Counter[str] = Counter()
        for label, switch in zip(self._labels[system], switches, strict=True):
            fired[f"{system}: {label}"] += switch["fired"]
        return fired

    def _take_back(self, system: str) -> None:
        self._counted += self._fired(system)
        self._control(system, "DELETE", "/faults")
        self._labels[system].clear()

    def _lever(self) -> str:
        if self.dice.random() < 0.4:
            self._control("infor", "POST", "/tokens/expire")
            self._counted["infor: tokens expired"] += 1
            return "infor: tokens expired"
        seconds = round(self.dice.uniform(0.5, SETTLED - 1), 1)
        collection = self.dice.choice(("salesorders", *self.acme.infor.erp.late))
        self._control("infor", "POST", "/late-commit", {"seconds": seconds, "collection": collection})
        self._counted["infor: commit after the answer (504)"] += 1
        return f"infor: next of {collection} commits {seconds} s late"

    def _control(self, system: str, method: str, path: str, body: Any = None) -> Any:
        twin = self.acme.streak if system == "streak" else self.acme.infor
        return twin.control(method, path, **({"json": body} if body is not None else {}))
