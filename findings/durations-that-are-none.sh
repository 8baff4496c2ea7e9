#!/usr/bin/env bash
# parse-duration 2.1.9, timestring 7.0.0, iso8601-duration 2.1.4 (npm): "1:30" is a millisecond, and a minus sign is dropped.
#
# Expected: "1:30" is refused or 90 seconds or minutes; "-5s" and "-PT5S" are negative or refused.
# Seen: parse-duration reads "1:30" as 1.03 ms; timestring reads "-5s" as 5 s, iso8601-duration "-PT5S" as 5 s (tinyduration 3.4.1 keeps the sign).
# Matters to: limits and offsets that people type, and times of captions that are moved: a caption that should come earlier comes later.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund parse-duration@2.1.9 timestring@7.0.0 iso8601-duration@2.1.4 tinyduration@3.4.1
cat > run.mjs <<'JS'
import { parse as parseIso, toSeconds } from 'iso8601-duration';
import parseDuration from 'parse-duration';
import timestring from 'timestring';
import { parse as parseTiny } from 'tinyduration';
console.log('parse-duration', parseDuration('1:30'), parseDuration('-5s'));
console.log('timestring', timestring('-5s', 'ms'));
console.log('iso8601-duration', toSeconds(parseIso('-PT5S')));
console.log('tinyduration', JSON.stringify(parseTiny('-PT5S')));
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
parse-duration 1.03 -5000
timestring 5000
iso8601-duration 5
tinyduration {"seconds":5,"negative":true}
SEEN
