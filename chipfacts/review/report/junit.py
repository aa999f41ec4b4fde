"""JUnit XML: a suite a document, a test case a fact; what fails the check is a failure, what is only told is system-out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from chipfacts.review.report.wording import document_message, message, shown, subject

if TYPE_CHECKING:
    from chipfacts.review.check import DocumentFinding, Finding, Place, Report
    from chipfacts.review.policy import Verdict

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, verdict: Verdict) -> str:
    """`testsuites` of one `testsuite` for each document, its own class a test case as well."""
    root = Element("testsuites", name="chipfacts check")
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.fact.doc, []).append(finding)
    tests = failures = 0
    for document in report.documents:
        suite = SubElement(root, "testsuite", name=_clean(document.doc))
        failed = _case(suite, document.doc, "document", document, verdict, document_message(document))
        facts = findings.get(document.doc, [])
        for finding in facts:
            name = f"{subject(finding.fact)} “{shown(finding.fact.quote)}” [{finding.id}]"
            failed += _case(suite, document.doc, name, finding, verdict, message(finding))
        suite.attrib |= {"tests": str(len(facts) + 1), "failures": str(failed), "errors": "0", "skipped": "0"}
        tests += len(facts) + 1
        failures += failed
    root.attrib |= {"tests": str(tests), "failures": str(failures), "errors": "0"}
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _case(suite: Element, doc: str, name: str, finding: Finding | DocumentFinding, verdict: Verdict, says: str) -> int:
    """Add a test case; 1 where it is a failure."""
    case = SubElement(suite, "testcase", classname=_clean(doc), name=_clean(name))
    level = verdict.level(finding)
    text = _clean(f"{_where(finding.place)}: {finding.status}: {says}")
    if level == "error":
        SubElement(case, "failure", type=finding.status, message=_clean(says)).text = text
    elif finding.status != "ok":
        SubElement(case, "system-out").text = text
    return int(level == "error")


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold in any form."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
