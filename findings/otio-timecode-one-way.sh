#!/usr/bin/env bash
# OpenTimelineIO 0.18.1 (PyPI): at 23.976, 29.97 and 59.94 to_timecode writes a time code that from_timecode refuses at the same rate.
#
# Expected: both directions take the same rates, or both refuse; from_timecode(to_timecode(t), rate) is t.
# Seen: to_timecode takes the rounded NTSC rates (it even writes drop frame ";"), from_timecode raises "SMPTE timecode does not support this
# rate"; with 24000/1001, 30000/1001, 60000/1001 both work.
# Matters to: round trips of edit lists whose rate was written as 29.97, as many tools do: the export passes, the import fails.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv; venv/bin/pip install --quiet opentimelineio==0.18.1
cat > run.py <<'PY'
from opentimelineio.opentime import RationalTime, from_timecode, to_timecode
for name, rate in (("23.976", 23.976), ("24000/1001", 24000 / 1001), ("29.97", 29.97), ("30000/1001", 30000 / 1001), ("59.94", 59.94)):
    text = to_timecode(RationalTime(1800, rate))
    try:
        back = f"{from_timecode(text, rate).value:g}"
    except ValueError as error:
        back = str(error)
    print(name, text, "->", back)
PY
seen=$(venv/bin/python run.py); echo "$seen"
[ "$seen" = '23.976 00:01:15:00 -> SMPTE timecode does not support this rate
24000/1001 00:01:15:00 -> 1800
29.97 00:01:00;02 -> SMPTE timecode does not support this rate
30000/1001 00:01:00;02 -> 1800
59.94 00:00:30;00 -> SMPTE timecode does not support this rate' ]
