#!/usr/bin/env bash
# junit2json 4.0.0, test-results-parser 0.4.6, junitxml-to-javascript 1.1.4 (npm): "1,234.5" seconds, as Java's NumberFormat writes them unless told otherwise, are text, not a number, or one second.
#
# Expected: 1234.5 s from each, or an error.
# Seen: junit2json answers the text where its type says number, test-results-parser NaN, junitxml-to-javascript 1.
# Matters to: whoever adds up or charts how long tests take: the slowest one is missing or is the fastest.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund junit2json@4.0.0 test-results-parser@0.4.6 junitxml-to-javascript@1.1.4
cat > run.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'junit2json';
const require = createRequire(import.meta.url);
const text = `<?xml version="1.0"?><testsuite name="s" tests="1" failures="0" errors="0" skipped="0" time="1,234.5"><testcase name="a" classname="s" time="1,234.5"/></testsuite>`;
writeFileSync('junit.xml', text);
console.log('junit2json', JSON.stringify((await parse(text)).testcase[0].time));
console.log('test-results-parser', require('test-results-parser').parseV2({ type: 'junit', files: ['junit.xml'] }).result.suites[0].cases[0].duration);
const Parser = require('junitxml-to-javascript');
console.log('junitxml-to-javascript', (await new (Parser.default ?? Parser)().parseXMLString(text)).testsuites[0].testCases[0].duration);
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'junit2json "1,234.5"
test-results-parser NaN
junitxml-to-javascript 1' ]
