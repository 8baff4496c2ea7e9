#!/usr/bin/env bash
# timecode-boss 6.2.0 (npm): with drop frame the last frames of a minute have the labels of the next one, which are given again.
#
# Expected: 29.97: frame 1798 is 00:00:59;28, 1800 is 00:01:00;02; 59.94: 3599 is 00:00:59;59 and 3600 is 00:01:00;04, as smpte-timecode 1.3.6 counts.
# Seen: 1798 and 1799 are 00:01:00;02 and ;03, as 1800 and 1801 are again; at 59.94 the same holds of the four frames before 3600.
# Matters to: edit lists and chapter marks made from frame numbers: a cut at the end of a minute is two to four frames late.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund timecode-boss@6.2.0 smpte-timecode@1.3.6
cat > run.mjs <<'JS'
import boss from 'timecode-boss';
import smpte from 'smpte-timecode';
const Timecode = boss.default ?? boss;
for (const [rate, frames] of [[29.97, [1797, 1798, 1799, 1800, 1801]], [59.94, [3595, 3596, 3599, 3600, 3601]]])
  for (const frame of frames) console.log(rate, frame, new Timecode(frame, rate).toString(), smpte(frame, rate, true).toString());
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
29.97 1797 00:00:59;27 00:00:59;27
29.97 1798 00:01:00;02 00:00:59;28
29.97 1799 00:01:00;03 00:00:59;29
29.97 1800 00:01:00;02 00:01:00;02
29.97 1801 00:01:00;03 00:01:00;03
59.94 3595 00:00:59;55 00:00:59;55
59.94 3596 00:01:00;02 00:00:59;56
59.94 3599 00:01:00;03 00:00:59;59
59.94 3600 00:01:00;04 00:01:00;04
59.94 3601 00:01:00;05 00:01:00;05
SEEN
