#!/usr/bin/env bash
# ansi_up 6.0.6, ansi-to-html 0.7.2, anser 2.3.5 (npm): of terminal codes with colons (ITU T.416, wavy underlines) the parameters stay in the text.
#
# Expected: a code that a converter does not know is left out whole, as a terminal does.
# Seen: "\e[4:3mwavy" becomes "[4:3mwavy", ":3mwavy" and "4:3mwavy"; direct colours with colons likewise. With semicolons all three are right.
# Matters to: pages that show the log of a build: tools that underline errors with waves fill it with numbers.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund ansi_up@6.0.6 ansi-to-html@0.7.2 anser@2.3.5
cat > run.mjs <<'JS'
import { AnsiUp } from 'ansi_up';
import Convert from 'ansi-to-html';
import Anser from 'anser';
const converters = { ansi_up: (text) => new AnsiUp().ansi_to_html(text), 'ansi-to-html': (text) => new Convert().toHtml(text), anser: (text) => Anser.ansiToHtml(text) };
for (const [name, convert] of Object.entries(converters))
  for (const code of ['4:3', '38:5:196', '38;5;196'])
    console.log(name, code, convert(`\u001b[${code}mtext\u001b[0m`).replace(/<[^>]*>/g, '').replaceAll('\u001b', '\\e'));
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'ansi_up 4:3 [4:3mtext
ansi_up 38:5:196 [38:5:196mtext
ansi_up 38;5;196 text
ansi-to-html 4:3 :3mtext
ansi-to-html 38:5:196 :5:196mtext
ansi-to-html 38;5;196 text
anser 4:3 4:3mtext
anser 38:5:196 38:5:196mtext
anser 38;5;196 text' ]
