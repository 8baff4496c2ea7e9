#!/usr/bin/env bash
# @plussub/srt-vtt-parser 2.0.5 (npm): cue settings change the end of a short time, and an empty cue swallows the next one.
#
# Expected: "00:01.000 --> 00:02.000 line:0" ends at 2000 ms as it does without settings; a cue without text is empty or left out.
# Seen: with settings it ends at 120000 ms; without them at 2000 ms. The cue after an empty one becomes text of it, times and all (SRT too).
# Matters to: players that read captions by it: a film's lower captions (line:0) stay for minutes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @plussub/srt-vtt-parser@2.0.5
cat > run.mjs <<'JS'
import { parse } from '@plussub/srt-vtt-parser';
const show = (text) => console.log(JSON.stringify(parse(text).entries.map(({ from, to, text }) => [from, to, text])));
show('WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n');
show('WEBVTT\n\n00:01.000 --> 00:02.000 line:0\nhi\n');
show('WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\nhi\n');
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = '[[1000,2000,"hi"]]
[[1000,120000,"hi"]]
[[1000,2000,"\n00:03.000 --> 00:04.000\nhi"]]' ]
