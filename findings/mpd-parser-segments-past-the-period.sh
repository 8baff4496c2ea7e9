#!/usr/bin/env bash
# mpd-parser 1.4.0 (npm): in a DASH manifest of two periods, segments repeated by r="-1" run to the end of the whole presentation, past that of their period.
#
# Expected: r="-1" repeats a segment until the next S element or the end of the Period (ISO/IEC 23009-1, 5.3.9.6), and times of S are less
# presentationTimeOffset: 3 segments of 4 s in the period of 10 s. The last Period, without a duration, lasts from 10 s to 30 s (5.3.2.1): 4 segments of 6 s.
# Seen: 7 segments, whose names go on to second 24, and 5 segments, the last one after the end; without an error.
# Matters to: players and downloaders of films with chapters or inserts as periods: they ask for segments that were never made.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund mpd-parser@1.4.0
cat > run.mjs <<'JS'
import { parse } from 'mpd-parser';
const set = (template, id) => `<AdaptationSet mimeType="video/mp4">${template}<Representation id="${id}" bandwidth="100" width="640" height="360" codecs="avc1.4d401e"/></AdaptationSet>`;
const timeline = '<SegmentTemplate timescale="1000" presentationTimeOffset="5000" initialization="a.mp4" media="a-$Time$.m4s"><SegmentTimeline><S t="5000" d="4000" r="-1"/></SegmentTimeline></SegmentTemplate>';
const numbers = '<SegmentTemplate timescale="1000" duration="6000" initialization="b.mp4" media="b-$Number$.m4s"/>';
const manifest = `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT30S" minBufferTime="PT2S" profiles="urn:mpeg:dash:profile:isoff-live:2011">
<Period id="1" duration="PT10S">${set(timeline, 'a')}</Period><Period id="2">${set(numbers, 'b')}</Period></MPD>`;
for (const { segments } of parse(manifest, { manifestUri: 'https://example.net/film.mpd' }).playlists)
  console.log(segments.length, segments.map(({ uri, duration }) => `${uri} ${duration}`).join(', '));
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
7 a-5000.m4s 4, a-9000.m4s 4, a-13000.m4s 4, a-17000.m4s 4, a-21000.m4s 4, a-25000.m4s 4, a-29000.m4s 4
5 b-1.m4s 6, b-2.m4s 6, b-3.m4s 6, b-4.m4s 6, b-5.m4s 6
SEEN
