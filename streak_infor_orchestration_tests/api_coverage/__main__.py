"""`python -m streak_infor_orchestration_tests.api_coverage` writes docs/api-coverage.md; 1 while a row has no test."""

import sys

from streak_infor_orchestration_tests.api_coverage.claims import claims
from streak_infor_orchestration_tests.api_coverage.page import PAGE, complaints, page

found = claims()
PAGE.write_text(page(found), encoding="utf-8")
wrong = complaints(found, PAGE.read_text(encoding="utf-8"))
print("\n".join(wrong) or f"{PAGE.name}: {len(found)} claims")
sys.exit(bool(wrong))
