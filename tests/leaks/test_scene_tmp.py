import pytest
from tests.leaks.scene import hide, open_part
from tests.cast import Cast
def test_x(cast: Cast):
    s = hide(open_part(cast))
    print(len(s.canaries))
