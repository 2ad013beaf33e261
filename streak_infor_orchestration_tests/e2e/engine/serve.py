"""`python -m ...serve STATE PROFILE`: the engine's test location served as `streak-infor up` serves ours."""

import sys

from streak_infor_orchestration.stack import CodeLocation, Stack

LOCATION = CodeLocation("streak_infor_orchestration_tests.e2e.engine.location", name="engine")

if __name__ == "__main__":
    state, profile = sys.argv[1:]
    Stack(state, profile, location=LOCATION, say=lambda line: print(line, flush=True)).run()
