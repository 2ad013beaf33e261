"""Three companies that sell in very different ways. What tells the product about them is their integration.yaml alone.

Beside each file stands what an outsider knows of the company: how its people use Streak, and what accounting expects.
"""

import pytest

pytest.register_assert_rewrite(f"{__name__}.story")  # it is no test module, and fails as one
