#!/usr/bin/env bash
# music-metadata 11.16.1 (npm) with files of ffmpeg: { includeChapters: true } finds the chapters of an MP3 alone.
#
# Expected: the two chapters that ffmpeg writes into MP3, MP4, M4B and Matroska are in format.chapters of each; the MP4 has a duration.
# Seen: only those of the MP3 are found; the others have no chapters, and a MP4 with pictures alone has no duration either.
# Matters to: whoever checks an exported film by this library: missing chapters are not told from chapters that it does not read.
# Needs ffmpeg.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund music-metadata@11.16.1
printf ';FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=1500\nEND=4000\ntitle=Two\n' > chapters.txt
for file in sound.mp3 sound.m4b sound.mka; do ffmpeg -v error -f lavfi -i sine=d=4 -i chapters.txt -map_metadata 1 "$file"; done
ffmpeg -v error -f lavfi -i color=s=64x64:d=4 -i chapters.txt -map_metadata 1 -pix_fmt yuv420p picture.mp4
for file in sound.mp3 sound.m4b sound.mka picture.mp4; do echo "$file has $(ffprobe -v error -show_chapters "$file" | grep -c '^\[CHAPTER\]')"; done | tee has.txt
cat > run.mjs <<'JS'
import { parseFile } from 'music-metadata';
for (const file of ['sound.mp3', 'sound.m4b', 'sound.mka', 'picture.mp4']) {
  const { format } = await parseFile(file, { includeChapters: true });
  console.log(file, format.chapters?.length ?? 0, format.duration === undefined ? 'no duration' : 'duration');
}
JS
seen=$(node run.mjs); echo "$seen"
[ "$(grep -c 'has 2' has.txt)" = 4 ]
[ "$seen" = 'sound.mp3 2 duration
sound.m4b 0 duration
sound.mka 0 duration
picture.mp4 0 no duration' ]
