#!/usr/bin/env bash
# test-results-parser 0.4.6 (npm): a JUnit file with a failed test, whose suites do not count failures themselves, is a skipped run.
#
# Expected: the status follows from the test cases; the attributes that count are optional in most descriptions of the format.
# Seen: the case is FAIL, and its suite and the whole run are SKIP with "passed" and "failed" not a number. With the attributes all are FAIL.
# Matters to: messages about a run of tests in a chat, and gates that look for FAIL.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund test-results-parser@0.4.6
cat > run.cjs <<'JS'
const { writeFileSync } = require('node:fs');
const { parseV2 } = require('test-results-parser');
for (const counts of ['', ' failures="1" errors="0" skipped="0"']) {
  const suite = `<testsuite name="s" tests="2"${counts}><testcase name="a" time="0.1"/><testcase name="b" time="0.2"><failure message="no"/></testcase></testsuite>`;
  writeFileSync('junit.xml', `<?xml version="1.0"?><testsuites name="all" tests="2"${counts}>${suite}</testsuites>`);
  const { result } = parseV2({ type: 'junit', files: ['junit.xml'] });
  console.log(counts === '' ? 'without' : 'with', result.status, result.passed, result.failed, result.suites[0].cases.map(({ status }) => status).join());
}
JS
seen=$(node run.cjs); echo "$seen"
[ "$seen" = 'without SKIP NaN NaN PASS,FAIL
with FAIL 1 1 PASS,FAIL' ]
