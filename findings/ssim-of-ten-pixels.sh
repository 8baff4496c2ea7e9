#!/usr/bin/env bash
# ssim.js 3.5.0 (npm): a picture whose smaller side is 10 pixels has a similarity of 0 or NaN with itself.
#
# Expected: the similarity of a picture with itself is 1, whatever its size and whichever of the four algorithms is chosen.
# Seen: at 10 pixels weber (the default) gives 0, fast and original give NaN; bezkrovny gives 1. At 11 all give 1.
# Matters to: comparisons of small regions (icons, one line of text): NaN < limit is false, so a check by "less than" passes.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund ssim.js@3.5.0
cat > run.cjs <<'JS'
const { ssim } = require('ssim.js');
for (const height of [10, 11]) {
  const data = new Uint8ClampedArray(100 * height * 4).map((_, index) => (index * 37) % 256);
  const picture = { width: 100, height, data };
  for (const name of ['weber', 'fast', 'original', 'bezkrovny']) console.log(height, name, ssim(picture, picture, { ssim: name }).mssim.toFixed(3));
}
JS
seen=$(node run.cjs); echo "$seen"
[ "$seen" = '10 weber 0.000
10 fast NaN
10 original NaN
10 bezkrovny 1.000
11 weber 1.000
11 fast 1.000
11 original 1.000
11 bezkrovny 1.000' ]
