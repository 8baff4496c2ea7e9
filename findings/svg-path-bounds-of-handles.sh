#!/usr/bin/env bash
# svg-path-bounds 1.0.2 (npm): the box of a curve holds its handles, and arcs as SVGO writes them are an error.
#
# Expected: the box of what is drawn: 10 1.34 50 18.66 for the curve "M10 10C20-20 40 40 50 10", as svg-pathdata 9.0.0 says; flags of an arc may stand without a space.
# Seen: the box of the curve is 10 -20 50 40, three and a half times as high; of a quadratic one, 66.67 high instead of 50; "a25 25 0 01 50 0" is "malformed path data".
# Matters to: icons and drawn marks that are cropped or centred by it: they stand too small and beside the middle.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund svg-path-bounds@1.0.2 svg-pathdata@9.0.0
cat > run.mjs <<'JS'
import bounds from 'svg-path-bounds';
import { SVGPathData } from 'svg-pathdata';
const rounded = (numbers) => numbers.map((number) => Number(number.toFixed(2))).join(' ');
for (const path of ['M10 10C20-20 40 40 50 10', 'M0 0Q50 100 100 0', 'M0 0a25 25 0 01 50 0']) {
  const { minX, minY, maxX, maxY } = new SVGPathData(path).getBounds();
  let first;
  try { first = rounded(bounds(path)); } catch (error) { first = error.message; }
  console.log(path, '|', first, '|', rounded([minX, minY, maxX, maxY]));
}
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
M10 10C20-20 40 40 50 10 | 10 -20 50 40 | 10 1.34 50 18.66
M0 0Q50 100 100 0 | 0 0 100 66.67 | 0 0 100 50
M0 0a25 25 0 01 50 0 | malformed path data | 0 -25 50 0
SEEN
