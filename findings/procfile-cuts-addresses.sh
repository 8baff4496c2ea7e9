#!/usr/bin/env bash
# procfile 0.1.1 (npm): a command is cut at its first colon, and a comment line is an error.
#
# Expected: everything behind the first colon of a line is the command; lines that begin with # are skipped, as foreman, honcho and Heroku do.
# Seen: "web: serve --url http://127.0.0.1:3000 --open" starts serve with "--url http" and nothing more; a comment line raises a TypeError.
# Matters to: who starts the processes of a stranger's Procfile with it: the process starts, with other arguments than its author wrote.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund procfile@0.1.1
cat > run.cjs <<'JS'
const { parse } = require('procfile');
for (const text of ['web: serve --port 3000\n', 'web: serve --url http://127.0.0.1:3000 --open\n', '# the site\nweb: serve\n'])
  try { console.log(JSON.stringify(parse(text))); } catch (error) { console.log(error.name); }
JS
seen=$(node run.cjs); echo "$seen"
[ "$seen" = '{"web":{"command":"serve","options":["--port","3000"]}}
{"web":{"command":"serve","options":["--url","http"]}}
TypeError' ]
