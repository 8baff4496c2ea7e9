#!/usr/bin/env bash
# optimal-select 4.0.1 (npm): the selector of a drop-down list finds its options, that of a form its controls, or there is none at all.
#
# Expected: select(element) answers a selector that finds the element, as it does for a button.
# Seen: a select and a form have a length, so that they are taken for a list of elements: "#size option" for the list itself, "form button" for a form of one
# button, and undefined for a form whose controls have nothing in common.
# Matters to: recorders of clicks: the step "choose from the list" is recorded on its first option.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund --ignore-scripts optimal-select@4.0.1 jsdom@26.1.0
cat > run.cjs <<'JS'
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('<label>Size <select id="size"><option>S<option>M</select></label><form><button>Go</button></form><p><form id="more"><input name="a"><button>Add</button></form></p>');
Object.assign(globalThis, { window, document: window.document });
const { select } = require('optimal-select');
console.warn = () => {};
for (const element of document.querySelectorAll('select, form, button')) {
  const selector = select(element);
  console.log(element.localName, selector, selector !== undefined && document.querySelector(selector) === element);
}
JS
seen=$(node run.cjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
select #size option false
form body form:nth-child(2) button false
button body form:nth-child(2) button true
form undefined false
button #more button true
SEEN
