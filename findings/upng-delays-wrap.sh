#!/usr/bin/env bash
# upng-js 2.1.0 (npm): an APNG frame that stays longer than 65.5 seconds is written with another, short time.
#
# Expected: a delay of 70000 ms is kept (the format has a numerator and a denominator for it), or refused.
# Seen: it is written modulo 65536, as 4464 ms, without a word; pixels are kept exactly.
# Matters to: guides and slide shows as APNG, where a page waits for a reader.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund upng-js@2.1.0
cat > run.cjs <<'JS'
const UPNG = require('upng-js');
const frame = (value) => new Uint8Array(8 * 8 * 4).fill(value).buffer;
const written = UPNG.decode(UPNG.encode([frame(10), frame(200), frame(90)], 8, 8, 0, [100, 70000, 33]));
console.log(written.frames.map(({ delay }) => delay).join(' '));
JS
seen=$(node run.cjs); echo "$seen"
[ "$seen" = '100 4464 33' ]
