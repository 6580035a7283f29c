"""Every text is read anew here, or a test that cleans twice would be told what the first time came to."""

from collections.abc import Iterator

import pytest

from returns.richtext import cleaning


@pytest.fixture(scope="module", autouse=True)
def _nothing_known() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cleaning, "_MOST_KNOWN", 0)
        cleaning._written.clear()
        yield
