#!/usr/bin/env bash
# wavefile 11.0.0 (npm): of a WAV file with cue points and tags it reads the cue points alone, and writes the file again without its tags.
#
# Expected: a file may have several LIST chunks (RIFF, 1991): what setCuePoint() and setTag('ICMT', …) wrote, its README's own examples, is read again, as
# ffprobe reads it.
# Seen: in a file without cue points the comment is found; beside a cue point, labelled or not, getTag() answers null, and toBuffer() of what was read has no
# comment any more.
# Matters to: recordings with marks for chapters: who spoke, and under which licence, vanishes when a mark is moved.
# Needs ffmpeg.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund wavefile@11.0.0
cat > run.cjs <<'JS'
const { execFileSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
const { WaveFile } = require('wavefile');
const told = (bytes) => {
  writeFileSync('sound.wav', bytes);
  return execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'format_tags=comment', '-of', 'csv=p=0', 'sound.wav'], { encoding: 'utf8' }).trim() || 'nothing';
};
for (const label of [undefined, '', 'one']) {
  const wave = new WaveFile();
  wave.fromScratch(1, 8000, '16', new Array(8000).fill(0));
  if (label !== undefined) wave.setCuePoint({ position: 500, label });
  wave.setTag('ICMT', 'a comment');
  const read = new WaveFile(wave.toBuffer());
  console.log(`label ${label} | ffprobe: ${told(wave.toBuffer())} | read: ${read.getTag('ICMT')}, ${read.listCuePoints().length} cue points | written again, ffprobe: ${told(read.toBuffer())}`);
}
JS
seen=$(node run.cjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
label undefined | ffprobe: a comment | read: a comment, 0 cue points | written again, ffprobe: a comment
label  | ffprobe: a comment | read: null, 1 cue points | written again, ffprobe: nothing
label one | ffprobe: a comment | read: null, 1 cue points | written again, ffprobe: nothing
SEEN
