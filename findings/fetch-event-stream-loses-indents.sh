#!/usr/bin/env bash
# fetch-event-stream 0.1.6 (npm): of lines of data that begin with spaces all spaces are taken, and a line that is empty is dropped where it has no colon.
#
# Expected: HTML, "Event stream interpretation": "If value starts with a U+0020 SPACE character, remove it from value", one; a line "data" without a colon is data with "the empty
# string as the field value".
# eventsource-parser 3.1.1 reads it so.
# Seen: "data:     return 1" is read as "return 1", and the empty line before "f()" is gone.
# Matters to: code that a model streams: its Python and YAML arrive without indentation, lists of Markdown flat.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund fetch-event-stream@0.1.6 eventsource-parser@3.1.1
cat > run.mjs <<'JS'
import { createParser } from 'eventsource-parser';
import { events } from 'fetch-event-stream';
const text = 'data: def f():\ndata:     return 1\ndata\ndata: f()\n\n';
for await (const { data } of events(new Response(text))) console.log('fetch-event-stream', JSON.stringify(data));
createParser({ onEvent: ({ data }) => console.log('eventsource-parser', JSON.stringify(data)) }).feed(text);
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
fetch-event-stream "def f():\nreturn 1\nf()"
eventsource-parser "def f():\n    return 1\n\nf()"
SEEN
