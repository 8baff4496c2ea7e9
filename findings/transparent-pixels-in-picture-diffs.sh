#!/usr/bin/env bash
# pixelmatch 8.0.0, odiff-bin 4.5.0, looks-same 10.0.1 (npm): three answers about the same transparent pixels.
#
# Expected: pictures are compared as they look on white: opaque white equals fully transparent white for all three, and black at half opacity
# equals the grey that it looks like.
# Seen: pixelmatch finds every pixel of white beside nothing different (256 of 256) and most of the grey (224), odiff none of either, looks-same the grey
# alone; and looks-same finds two invisible pictures different, of which one is red and one blue below its transparency.
# Matters to: golden pictures with a transparent background (posters with rounded corners): flatten them before comparing.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund pixelmatch@8.0.0 odiff-bin@4.5.0 looks-same@10.0.1 pngjs@7.0.0
cat > run.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import pixelmatch from 'pixelmatch';
import { compare } from 'odiff-bin';
import looksSame from 'looks-same';
import { PNG } from 'pngjs';
const picture = (name, pixel) => {
  const png = new PNG({ width: 16, height: 16 });
  for (let at = 0; at < 256; at++) png.data.set(pixel, 4 * at);
  writeFileSync(name, PNG.sync.write(png));
  return png.data;
};
const cases = { 'white or nothing': [[255, 255, 255, 255], [255, 255, 255, 0]], 'half black or grey': [[0, 0, 0, 128], [128, 128, 128, 255]], 'two invisible': [[255, 0, 0, 0], [0, 0, 255, 0]] };
for (const [name, [one, other]] of Object.entries(cases)) {
  const [a, b] = [picture('a.png', one), picture('b.png', other)];
  const different = pixelmatch(a, b, null, 16, 16, { threshold: 0.1 });
  const { match } = await compare('a.png', 'b.png', 'd.png', { threshold: 0.1 });
  const { equal } = await looksSame('a.png', 'b.png');
  console.log(`${name}: pixelmatch ${different}, odiff ${match ? 'same' : 'different'}, looks-same ${equal ? 'same' : 'different'}`);
}
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'white or nothing: pixelmatch 256, odiff same, looks-same same
half black or grey: pixelmatch 224, odiff same, looks-same different
two invisible: pixelmatch 0, odiff same, looks-same different' ]
