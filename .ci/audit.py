"""Say what `pip-audit --format json` found, read from standard input.

Ends with 1 when a library has a known vulnerability, and, unless `--accept-unchecked` is given, when one could not be
checked: pip-audit alone says "no known vulnerabilities" of libraries that it knows nothing about.
"""

import json
import sys

UNCHECKED = "NOT AUDITED: {unchecked} of {all} libraries ({reason})"


def main() -> int:
    """Report and judge."""
    libraries = _found(sys.stdin.read())
    vulnerable = [library for library in libraries if library.get("vulns")]
    unchecked = [library for library in libraries if "skip_reason" in library]
    for library in vulnerable:
        names = ", ".join(vulnerability["id"] for vulnerability in library["vulns"])
        print(f"VULNERABLE: {library['name']} {library['version']}: {names}")
    if unchecked or not libraries:
        reason = unchecked[0]["skip_reason"] if unchecked else "pip-audit gave no answer: .venv/audit.log"
        print(UNCHECKED.format(unchecked=len(unchecked) or "all", all=len(libraries) or "the", reason=reason))
    print(f"audited: {len(libraries) - len(unchecked)} libraries, {len(vulnerable)} with known vulnerabilities")
    is_whole = bool(libraries) and not unchecked
    return int(bool(vulnerable) or not (is_whole or "--accept-unchecked" in sys.argv))


def _found(answer: str) -> list[dict]:
    """Every library of the answer; none when there is no answer."""
    return json.loads(answer)["dependencies"] if answer.strip() else []


if __name__ == "__main__":
    sys.exit(main())
