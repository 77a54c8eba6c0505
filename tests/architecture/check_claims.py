#!/usr/bin/env python3
"""Every claim of docs/trust.md names a test that is there: check_claims.py SOURCE_DIRECTORY [--self-test]"""
import pathlib
import re
import sys

CLAIM = re.compile(r"^(?:-|\d+\.) (.+)$")
PROOF = re.compile(r"\(`(tests/[^`]+)`: (.+)\)$")
# Sentences about people and mathematics, which no program can test.
WORDS_ALONE = ("Whether what was recorded is true.", "The office, until", "A witness, not to be", "The mathematics:",
               "The program that checks.")


def complaints(text, read):
    found = []
    claims = 0
    for number, line in enumerate(text.splitlines(), 1):
        claim = CLAIM.match(line)
        if not claim:
            continue
        claims += 1
        if claim.group(1).startswith(WORDS_ALONE):
            continue
        proof = PROOF.search(line)
        if not proof:
            found.append(f"line {number}: no test is named")
            continue
        test = read(proof.group(1))
        if test is None:
            found.append(f"line {number}: there is no {proof.group(1)}")
        elif proof.group(2) not in re.sub(r'"\s*\n\s*"', "", test):
            found.append(f"line {number}: {proof.group(1)} has no test \"{proof.group(2)}\"")
    if claims < 20:
        found.append(f"only {claims} claims were found")
    return found


def main():
    root = pathlib.Path(sys.argv[1])
    text = (root / "docs" / "trust.md").read_text(encoding="utf-8")

    def read(path):
        file = root / path
        return file.read_text(encoding="utf-8") if file.is_file() else None

    if "--self-test" in sys.argv:
        damaged = [text.replace("test_this_year_goes_on", "test_no_year_goes_on"), text.replace("tests/storage/tree_test.cpp", "tests/storage/no_test.cpp"),
                   text + "- Another claim, without a test.\n", ""]
        missed = [i for i, each in enumerate(damaged) if not complaints(each, read)]
        print(f"{len(damaged)} damaged pages, {len(missed)} not noticed")
        return 1 if missed else 0
    found = complaints(text, read)
    print("\n".join(found) or "every claim names a test that is there")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
