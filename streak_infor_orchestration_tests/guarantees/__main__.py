"""`python -m streak_infor_orchestration_tests.guarantees`: writes the tables anew."""

from streak_infor_orchestration_tests.guarantees.page import PAGE, renewed

if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{PAGE}: the tables are those of docs/figures")
