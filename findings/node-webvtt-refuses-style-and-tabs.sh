#!/usr/bin/env bash
# node-webvtt 1.9.4 (npm): a valid WebVTT with a STYLE block, or with tabs around the arrow, is refused as a whole.
#
# Expected: STYLE and REGION blocks are skipped as NOTE blocks are; the arrow may stand between tabs, as the format allows.
# Seen: both raise an error in strict mode, which is the default; with { strict: false } the cue after STYLE is read and the one with tabs is lost
# without a word in the cues.
# Matters to: HLS segmenters built on it: captions of players' style editors break the whole playlist.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund node-webvtt@1.9.4
cat > run.mjs <<'JS'
import webvtt from 'node-webvtt';
const style = 'WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nhi\n';
const tabs = 'WEBVTT\n\n00:01.000\t-->\t00:02.000\nhi\n';
for (const text of [style, tabs, 'WEBVTT\n\nNOTE a remark\n\n00:01.000 --> 00:02.000\nhi\n'])
  for (const strict of [true, false])
    try { console.log(strict, webvtt.parse(text, { strict }).cues.map(({ text }) => text).join()); } catch (error) { console.log(strict, error.message); }
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'true Cue identifier needs to be followed by timestamp (cue #0)
false hi
true Invalid cue timestamp (cue #0)
false 
true hi
false hi' ]
