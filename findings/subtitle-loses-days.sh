#!/usr/bin/env bash
# subtitle 4.2.2-alpha.0 (npm): times of 24 hours and more are written as other times, and WebVTT cues with an identifier in words are refused.
#
# Expected: parse and stringify of a recording of 100 hours give the same times back; "intro" before a cue's times is its identifier.
# Seen: 100:00:00.000 is read as 360000000 ms and written as 04:00:00.345600000, which is no WebVTT time; "intro" raises an error.
# Matters to: long recordings and caption files of editors that name their cues.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund subtitle@4.2.2-alpha.0
cat > run.mjs <<'JS'
import { parseSync, stringifySync } from 'subtitle';
const long = parseSync('WEBVTT\n\n100:00:00.000 --> 100:00:01.000\nlate\n');
console.log(long[1].data.start);
console.log(stringifySync(long, { format: 'WebVTT' }).split('\n').find((line) => line.includes('-->')));
try { console.log(parseSync('WEBVTT\n\nintro\n00:01.000 --> 00:02.000\nhello\n').length); } catch (error) { console.log(error.message); }
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = '360000000
04:00:00.345600000 --> 04:00:01.345600000
expected timestamp at row 3, but received: "intro"' ]
