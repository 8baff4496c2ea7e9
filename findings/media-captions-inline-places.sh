#!/usr/bin/env bash
# media-captions 1.0.4 (npm): an ASS caption that is placed by its own tag stands at the bottom; only the alignment of its style is followed.
#
# Expected: {\an8} and {\pos(320,40)} put a caption to the top, as a style with Alignment 8 does; or they are told as not read.
# Seen: the style's alignment becomes --cue-top; both tags are taken out of the text without effect and without an error: --cue-bottom.
# Matters to: captions over demo videos, which are mostly moved by \an8 when they would cover a form's button at the bottom.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund media-captions@1.0.4
cat > run.mjs <<'JS'
import { parseText } from 'media-captions';
const style = (name, alignment) => `Style: ${name},Arial,20,&H00FFFFFF,${alignment},10,10,10`;
const line = (second, name, text) => `Dialogue: 0,0:00:0${second}.00,0:00:0${second + 1}.00,${name},,0,0,0,,${text}`;
const text = [
  '[Script Info]', 'ScriptType: v4.00+', 'PlayResX: 640', 'PlayResY: 360', '', '[V4+ Styles]',
  'Format: Name, Fontname, Fontsize, PrimaryColour, Alignment, MarginL, MarginR, MarginV', style('Default', 2), style('Top', 8), '', '[Events]',
  'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
  line(1, 'Default', 'plain'), line(3, 'Top', 'by style'), line(5, 'Default', '{\\an8}by tag'), line(7, 'Default', '{\\pos(320,40)}by place'), '',
].join('\n');
const { cues, errors } = await parseText(text, { type: 'ass' });
for (const { text, style } of cues) console.log(text, '--cue-top' in style ? 'top' : 'bottom');
console.log(errors.length, 'errors');
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'plain bottom
by style top
by tag bottom
by place bottom
0 errors' ]
