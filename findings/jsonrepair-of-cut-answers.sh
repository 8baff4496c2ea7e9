#!/usr/bin/env bash
# jsonrepair 3.15.0 (npm): of an answer that was cut off, a name that was not finished becomes a property, and half a literal a text.
#
# Expected: what was not finished is left out (as partial-json 0.1.7 does) or completed as what it must become: tru can only be true.
# Seen: {"title":"Tea","pri gets a property "pri" with null, {"done":tru the text "tru", {"note":nul the text "nul"; all are valid JSON of another shape.
# Matters to: answers of models that end at their limit of tokens: a schema that forbids further properties refuses the repaired answer, and a truthy "fals" passes as done.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund jsonrepair@3.15.0 partial-json@0.1.7
cat > run.mjs <<'JS'
import { jsonrepair } from 'jsonrepair';
import { parse } from 'partial-json';
for (const text of ['{"title":"Tea","pri', '{"done":tru', '{"done":fals', '{"note":nul', '{"title":"Te'])
  console.log(text, '->', jsonrepair(text), JSON.stringify(parse(text)));
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
{"title":"Tea","pri -> {"title":"Tea","pri":null} {"title":"Tea"}
{"done":tru -> {"done":"tru"} {"done":true}
{"done":fals -> {"done":"fals"} {"done":false}
{"note":nul -> {"note":"nul"} {"note":null}
{"title":"Te -> {"title":"Te"} {"title":"Te"}
SEEN
