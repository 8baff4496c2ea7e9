#!/usr/bin/env bash
# modern-gif 2.1.0 (npm): delays are cut down to hundredths of a second, not rounded: 16 ms become 10, 29 become 20.
#
# Expected: the nearest delay that a GIF can hold: 20 ms for 16 and 17 (60 frames a second), 30 for 29, as gifenc 1.0.3 writes.
# Seen: 16 and 17 ms become 1 hundredth, which browsers hold for 100 ms: a recording of 60 frames a second plays six times too slow; 29 ms become 20,
# a third too fast. 33 and 100 are the same with both.
# Matters to: recorders that hand over the time between frames as it was measured.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund modern-gif@2.1.0 gifenc@1.0.3 omggif@1.0.10
cat > run.mjs <<'JS'
import { encode } from 'modern-gif';
import gifenc from 'gifenc';
import omggif from 'omggif';
const pixels = new Uint8ClampedArray(8 * 8 * 4).fill(200);
const delayIn = (bytes) => new omggif.GifReader(new Uint8Array(bytes)).frameInfo(0).delay;
for (const delay of [16, 17, 29, 33, 100]) {
  const frames = [{ data: pixels, delay }, { data: pixels, delay }];
  const encoder = gifenc.GIFEncoder();
  const palette = gifenc.quantize(pixels, 2);
  for (const one of frames) encoder.writeFrame(gifenc.applyPalette(one.data, palette), 8, 8, { palette, delay });
  encoder.finish();
  console.log(delay, 'ms: modern-gif', delayIn(await encode({ width: 8, height: 8, frames })), 'gifenc', delayIn(encoder.bytes()));
}
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = '16 ms: modern-gif 1 gifenc 2
17 ms: modern-gif 1 gifenc 2
29 ms: modern-gif 2 gifenc 3
33 ms: modern-gif 3 gifenc 3
100 ms: modern-gif 10 gifenc 10' ]
