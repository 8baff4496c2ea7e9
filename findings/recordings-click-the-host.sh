#!/usr/bin/env bash
# @cypress/chrome-recorder 2.3.1, @nightwatch/chrome-recorder 0.2.2, @wdio/chrome-recorder 0.6.0, playwright-chrome-recorder 1.0.2 (npm): of a control within a
# shadow root or a frame only the first part of its selector is kept, or the frame is dropped: the test clicks something else.
#
# Expected: a step of the DevTools Recorder whose selector is ["#host", "button"] clicks the button in the host's shadow root, "frame": [0] clicks within the
# first frame, and text/Save finds by text, as @puppeteer/replay 3.1.3 writes them; or the converter says that it cannot.
# Seen: all four click #host (its middle), click #go of the outer page, and write text/Save as a CSS selector, which is none. None says a word.
# Matters to: tests made of recordings of apps with web components: a click on the host often does nothing, and the test passes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund --ignore-scripts @cypress/chrome-recorder@2.3.1 @nightwatch/chrome-recorder@0.2.2 @wdio/chrome-recorder@0.6.0 playwright-chrome-recorder@1.0.2 @puppeteer/replay@3.1.3
cat > run.mjs <<'JS'
import { cypressStringifyChromeRecording as cypress } from '@cypress/chrome-recorder';
import { nightwatchStringifyChromeRecording as nightwatch } from '@nightwatch/chrome-recorder';
import { stringifyChromeRecording as webdriver } from '@wdio/chrome-recorder';
import { playwrightStringifyChromeRecording as playwright } from 'playwright-chrome-recorder';
import { parse, stringify } from '@puppeteer/replay';
const click = (selectors, more) => ({ type: 'click', target: 'main', offsetX: 1, offsetY: 1, selectors: [selectors], ...more });
const recording = { title: 'Save', steps: [click(['#host', 'button']), click(['#go'], { frame: [0] }), click(['text/Save'])] };
for (const convert of [cypress, nightwatch, webdriver, playwright])
  for (const line of (await convert(JSON.stringify(recording))).split('\n')) if (line.includes('click')) console.log(line.trim());
const puppeteer = await stringify(parse(recording));
for (const line of puppeteer.split('\n')) if (/locator\(|frames\(/.test(line)) console.log(line.trim());
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
cy.get("#host").click();
cy.get("#go").click();
cy.get("text/Save").click();
.click("#host")
.click("#go")
.click("text/Save")
await browser.$("#host").click()
await browser.$("#go").click()
await browser.$("text/Save").click()
await page.locator("#host").click()
await page.locator("#go").click()
await page.locator("text/Save").click()
targetPage.locator('#host >>>> button')
frame.locator('#go')
targetPage.locator('::-p-text(Save)')
SEEN
