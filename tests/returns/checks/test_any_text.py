"""For any text at all the rules do not fail, quote what is there, and say the same again."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from returns.checks import Context, as_received, check, read
from returns.checks.findings import Finding
from returns.richtext import BulletList, ListItem, Paragraph, Text, clean

CONTEXT = Context((date(2024, 4, 1), date(2025, 3, 31)))
PIECES = st.sampled_from(
    'TJ J.D. Mrs B-H Isla T child K. (MASH) ( ) [ " “ ” \' ’ - • · <p> &nbsp; style="x" May 2025 In May last year'
    " recently 2025/26 31/12/2024 we will be launched . , ; : ! ? a girl of 15 in care overdose 07700 900461 a@b.uk"
    " LU7 3QF 61b Cobden Street recieved color said told us parents children é 🙂 \n \t 99 A I".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(PIECES, max_size=30).map("".join),
)


def _order(finding: Finding) -> tuple[int, int]:
    return finding.start, finding.end


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_findings_quote_the_text_in_order_and_again(one: str, other: str) -> None:
    blocks = (Paragraph((Text(one),)), BulletList((ListItem((Paragraph((Text(other),)),)),)))
    text = read(blocks).text
    findings = check(blocks, CONTEXT).findings
    for finding in findings:
        assert finding.quote == text[finding.start : finding.end]
        assert finding.message and finding.advice
    assert list(findings) == sorted(findings, key=_order)
    assert findings == check(blocks, CONTEXT).findings


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_any_html_is_read_as_received_and_clean(html: str) -> None:
    check(as_received(html), CONTEXT)
    check(clean(html).blocks, CONTEXT)
