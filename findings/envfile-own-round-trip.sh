#!/usr/bin/env bash
# envfile 7.1.0 (npm): what stringify writes, parse reads as something else, and "export" becomes part of a name.
#
# Expected: parse(stringify(values)) is values; a value with quotes, a line break or a # is quoted when it is written; "export D=2" sets D.
# Seen: stringify never quotes: a quote vanishes, a value of two lines keeps its first; "export D=2" sets a variable named "export D".
# Matters to: who makes an .env from an .env.example with it: keys of several lines (certificates) arrive cut, without an error.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund envfile@7.1.0
cat > run.mjs <<'JS'
import { parse, stringify } from 'envfile';
const values = { PLAIN: 'x y', QUOTE: 'a"b', LINES: 'first\nsecond', OWNER: "Ann's" };
console.log(JSON.stringify(parse(stringify(values))));
console.log(JSON.stringify(parse('export D=2\n')));
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = '{"PLAIN":"x y","QUOTE":"ab","LINES":"first","OWNER":"Anns"}
{"export D":"2"}' ]
