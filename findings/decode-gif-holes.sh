#!/usr/bin/env bash
# decode-gif 1.0.1 (npm): of a GIF whose frames hold only what changed, as ffmpeg writes it, every frame but the first is a picture with holes.
#
# Expected: each frame as it is seen: what changed over what stayed, as the size of the answered pictures (the whole one) says.
# Seen: pixels outside of the changed rectangle, and those that are marked as unchanged within it, are transparent black; times are right.
# Matters to: tests and posters made from a recorded GIF: the frame of any moment but the first is nearly empty.
# Needs ffmpeg.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund decode-gif@1.0.1
ffmpeg -v error -f lavfi -i testsrc=s=64x48:r=10:d=0.3 -vf "split[a][b];[a]palettegen[p];[b][p]paletteuse" box.gif
cat > run.cjs <<'JS'
const { readFileSync } = require('node:fs');
const { width, height, frames } = require('decode-gif')(readFileSync('box.gif'));
const opaque = (data) => { let count = 0; for (let at = 3; at < data.length; at += 4) if (data[at] === 255) count += 1; return count; };
for (const { timeCode, data } of frames) console.log(timeCode, data.length / 4 === width * height, opaque(data) === width * height, opaque(data) < (width * height) / 5);
JS
seen=$(node run.cjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
0 true true false
100 true false true
200 true false true
SEEN
