#!/usr/bin/env bash
# pylrc 0.1.2 (PyPI): [00:02.05] is written again as [00:02.50], and [offset:+500] makes lines come later instead of sooner.
#
# Expected: parse() and toLRC() give hundredths below ten back with their zero; with a positive offset lines are to appear
# sooner (the descriptions of LRC; the README of paroles 2.3.0, npm: "A positive value let lyrics appear sooner").
# Seen: 2.05 s is written as 2.50 s and read so the next time; with the offset of half a second the line of 10 s stands at 10.5 s, and so does its SRT.
# Matters to: texts that are spoken beside a film: every tenth line is up to half a second late once the file has been saved.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv; venv/bin/pip install --quiet pylrc==0.1.2
cat > run.py <<'PY'
import pylrc
for text in ["[00:02.05]one\n", "[00:01.52]two\n", "[offset:+500]\n[00:10.00]three\n"]:
    lines = pylrc.parse(text)
    written = lines.toLRC().strip()
    print("pylrc", text.split(), lines[0].time, written, pylrc.parse(written)[0].time, lines.toSRT().split("\n")[1].split(" ")[0])
PY
seen=$(venv/bin/python run.py); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
pylrc ['[00:02.05]one'] 2.05 [00:02.50]one 2.5 00:00:02,050
pylrc ['[00:01.52]two'] 1.52 [00:01.52]two 1.52 00:00:01,520
pylrc ['[offset:+500]', '[00:10.00]three'] 10.5 [00:10.50]three 10.5 00:00:10,500
SEEN
