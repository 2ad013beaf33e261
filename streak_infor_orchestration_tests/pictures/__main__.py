"""`python -m streak_infor_orchestration_tests.pictures` draws docs/deal.svg."""

from streak_infor_orchestration_tests.pictures.picture import PICTURE, picture
from streak_infor_orchestration_tests.pictures.way import follow

PICTURE.write_text(picture(follow()), encoding="utf-8")
