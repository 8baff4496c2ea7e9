#!/usr/bin/env bash
# paroles 2.3.0 (npm): [offset:+500] is read as half a second and written as half a millisecond; read once more it is 0.
#
# Expected: the offset of LRC is in milliseconds, as its own README says ("in milliseconds in LRC format, is converted to seconds"): [offset:500] again.
# Seen: toString() writes the seconds, [offset:0.5]; the second reading answers 0, so that all lines come half a second late.
# Matters to: whoever edits timed texts with it: a file that is opened and saved has lost its shift, without a sign.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund paroles@2.3.0
cat > run.mjs <<'JS'
import { Lyrics } from 'paroles';
const first = new Lyrics('[offset:+500]\n[00:10.00]one\n');
const second = new Lyrics(first.toString());
console.log(first.info.offset, first.atTime(9.6)?.text ?? 'nothing at 9.6 s');
console.log(first.toString().split('\n')[0]);
console.log(second.info.offset, second.toString().split('\n')[0]);
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = $'0.5 one\n[offset:0.5]\n0 [offset:0]' ]
