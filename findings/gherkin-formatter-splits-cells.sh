#!/usr/bin/env bash
# gherkin-formatter 1.2.2 with gherkin-io 1.3.0 (npm): a cell with a line break takes the place of the next row, "\\" becomes "\", and doc strings lose their indents.
#
# Expected: formatting leaves the meaning: "Gherkin Reference" of Cucumber escapes a line break in a cell as \n and a backslash as \\, keeps the indentation
# of a doc string beyond its fence, and allows a description under Examples.
# Seen: "two" is a row of its own, and the row of "last" is gone; C:\\new is written as C:\new, which is a line break; the body of "if" stands under it; the
# description is gone. No error.
# Matters to: whoever tidies feature files before a commit: scenarios then test other values, and code in doc strings of Python or YAML is another.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund gherkin-formatter@1.2.2 gherkin-io@1.3.0
cat > cart.feature <<'FEATURE'
Feature: Notes
  Scenario Outline: write
    Given the notes
      | title  | text      |
      | C:\\new | one\ntwo |
      | last   | words     |
    And the program
      """
      if <x>:
          print(1)
      """
    Examples: small
      What is small
      | x |
      | 1 |
FEATURE
cat > run.cjs <<'JS'
const { readFileSync } = require('node:fs');
const { format } = require('gherkin-formatter');
const { parse } = require('gherkin-io');
parse(readFileSync('cart.feature', 'utf8'), 'cart.feature').then((document) => console.log(format(document)));
JS
seen=$(node run.cjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
Feature: Notes

  Scenario Outline: write
    Given the notes
      | title  | text  |
      | C:\new | one   |
      |        | two   |
    And the program
      """
      if <x>:
      print(1)
      """

    Examples: small
      | x |
      | 1 |
SEEN
