#!/usr/bin/env bash
# @cypress/chrome-recorder 2.3.1 and playwright-chrome-recorder 1.0.2 (npm): the steps of a recording that wait and check are dropped, and keys are written as no runner takes them.
#
# Expected: waitForElement with a count and waitForExpression become assertions or waits, as @wdio/chrome-recorder 0.6.0 writes them, or a warning says
# that they are lost; Enter is pressed and let go.
# Seen: both are dropped without a word by these two; @nightwatch/chrome-recorder 0.2.2 warns. Cypress gets cy.type("{enter}") on no element, Playwright
# page.keyboard.down("{Enter}"), which is no name of a key there, not awaited and never let go.
# Matters to: tests made of recordings: what they checked is what is lost.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund --ignore-scripts @cypress/chrome-recorder@2.3.1 @nightwatch/chrome-recorder@0.2.2 @wdio/chrome-recorder@0.6.0 playwright-chrome-recorder@1.0.2
cat > run.mjs <<'JS'
import { cypressStringifyChromeRecording as cypress } from '@cypress/chrome-recorder';
import { nightwatchStringifyChromeRecording as nightwatch } from '@nightwatch/chrome-recorder';
import { stringifyChromeRecording as webdriver } from '@wdio/chrome-recorder';
import { playwrightStringifyChromeRecording as playwright } from 'playwright-chrome-recorder';
const steps = [
  { type: 'keyDown', key: 'Enter' },
  { type: 'keyUp', key: 'Enter' },
  { type: 'waitForElement', selectors: [['#row']], operator: '>=', count: 2 },
  { type: 'waitForExpression', expression: 'window.saved === true' },
];
const text = JSON.stringify({ title: 'Save', steps });
for (const [name, convert] of Object.entries({ cypress, playwright, webdriver, nightwatch })) {
  const code = await convert(text);
  const keys = code.split('\n').map((line) => line.trim()).filter((line) => /type\(|keyboard/.test(line) && /nter/.test(line));
  console.log(name, JSON.stringify(keys), 'counts', code.includes('#row'), 'expression', code.includes('window.saved'));
}
JS
seen=$(node run.mjs 2>&1); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
cypress ["cy.type(\"{enter}\");"] counts false expression false
playwright ["page.keyboard.down(\"{Enter}\");"] counts false expression false
webdriver [] counts true expression true
Warning: Nightwatch Chrome Recorder does not handle migration of types waitForExpression.
nightwatch [] counts true expression false
SEEN
