#!/usr/bin/env bash
# string-argv 0.4.0 (npm): escaped double quotes within double quotes lose the quotes and keep the backslashes.
#
# Expected: as a shell, and as shlex reads it: "My \"new\" app" is the one word: My "new" app.
# Seen: the word becomes My \new\ app, without an error; a title for a browser's bar or a JSON argument arrives damaged.
# Matters to: start commands of a package.json that are split to be run without a shell.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund string-argv@0.4.0 shlex@3.0.0
cat > run.mjs <<'JS'
import { parseArgsStringToArgv } from 'string-argv';
import { split } from 'shlex';
for (const line of ['serve --title "My app"', 'serve --title "My \\"new\\" app" --port 80', 'serve --data "{\\"a\\":1}"'])
  console.log(parseArgsStringToArgv(line).join(' | '), '  shlex:', split(line).join(' | '));
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'serve | --title | My app   shlex: serve | --title | My app
serve | --title | My \new\ app | --port | 80   shlex: serve | --title | My "new" app | --port | 80
serve | --data | {\a\:1}   shlex: serve | --data | {"a":1}' ]
