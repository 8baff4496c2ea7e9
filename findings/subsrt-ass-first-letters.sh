#!/usr/bin/env bash
# subsrt-ts 2.1.2 (npm): captions that it wrote as ASS or SSA come back without their first letter; as SMI, not at all.
#
# Expected: what build() writes, parse() reads: the same times and texts in every format that can hold them.
# Seen: ASS and SSA lose the first letter of every caption; a SMI is read as having no caption. VTT, SBV and MicroDVD bring all back.
# Matters to: chains that keep captions as ASS to style them and convert back to SRT for a player: nothing fails, every line is wrong.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund subsrt-ts@2.1.2
cat > run.mjs <<'JS'
import * as subsrt from 'subsrt-ts';
const caption = (index, start, text) => ({ type: 'caption', index, start, end: start + 1000, duration: 1000, content: text, text });
const captions = [caption(1, 1000, 'Open the board'), caption(2, 3000, 'Add a card')];
for (const format of ['ass', 'ssa', 'smi', 'vtt', 'sbv', 'sub'])
  console.log(format, subsrt.parse(subsrt.build(captions, { format }), { format }).filter(({ type }) => type === 'caption').map(({ start, end, text }) => `${start}-${end} ${text}`).join(' | '));
JS
seen=$(node run.mjs | sed 's/ *$//'); echo "$seen"
[ "$seen" = 'ass 1000-2000 pen the board | 3000-4000 dd a card
ssa 1000-2000 pen the board | 3000-4000 dd a card
smi
vtt 1000-2000 Open the board | 3000-4000 Add a card
sbv 1000-2000 Open the board | 3000-4000 Add a card
sub 1000-2000 Open the board | 3000-4000 Add a card' ]
