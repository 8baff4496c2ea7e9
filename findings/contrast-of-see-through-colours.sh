#!/usr/bin/env bash
# get-contrast 3.0.0 and wcag-contrast 3.0.0 (npm): a colour that is nearly invisible has the best contrast there is.
#
# Expected: black at a tenth on white is composed with its background first (contrast about 1.25), or refused.
# Seen: both drop the alpha and answer 21, "AAA"; color-contrast-checker 2.1.0 refuses the colour.
# Matters to: checks that text can be read, which are given the colours that a browser computed: rgba is what it answers.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund get-contrast@3.0.0 wcag-contrast@3.0.0 color-contrast-checker@2.1.0
cat > run.cjs <<'JS'
const contrast = require('get-contrast');
const wcag = require('wcag-contrast');
const Checker = require('color-contrast-checker');
console.log('get-contrast', contrast.ratio('rgba(0, 0, 0, 0.1)', '#ffffff'), contrast.score('rgba(0, 0, 0, 0.1)', '#ffffff'));
console.log('wcag-contrast', wcag.hex('#0000001a', '#ffffff'));
try {
  console.log('color-contrast-checker', new Checker().isLevelAA('#0000001a', '#ffffff', 14));
} catch (error) {
  console.log('color-contrast-checker', error.message);
}
JS
seen=$(node run.cjs); echo "$seen"
[ "$seen" = 'get-contrast 21 AAA
wcag-contrast 21
color-contrast-checker Invalid Color :#0000001a' ]
