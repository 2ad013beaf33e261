"""`python -m streak_infor_orchestration_tests.problems` writes docs/problems.md."""

from streak_infor_orchestration_tests.problems.page import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
