#!/usr/bin/env bash
# pycaption 2.3.14 (PyPI): italics of a SRT are shown as "<i>" in WebVTT, and a speaker of WebVTT becomes a part of what he says.
#
# Expected: <i> and <b> mean the same in both formats and are kept, as it keeps them by way of DFXP; <v Ann> is kept from WebVTT to WebVTT, with the cue's identifier.
# Seen: the tag is escaped to &lt;i>, which players show as it stands; <v Ann>Hello becomes "Ann: Hello" and the identifier is gone, though the file's style block is kept.
# Matters to: captions of films converted for browsers: the more carefully they were marked up, the worse they look.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv; venv/bin/pip install --quiet pycaption==2.3.14
cat > run.py <<'PY'
from pycaption import SRTReader, WebVTTReader, WebVTTWriter
srt = "1\n00:00:01,000 --> 00:00:02,500\nSay <i>hello</i> to <b>all</b>\n"
vtt = "WEBVTT\n\nintro\n00:01.000 --> 00:02.500\n<v Ann>Hello\n"
print(WebVTTWriter().write(SRTReader().read(srt)))
print(WebVTTWriter().write(WebVTTReader().read(vtt)))
PY
seen=$(venv/bin/python -W ignore run.py); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
WEBVTT

00:00:01.000 --> 00:00:02.500
Say &lt;i>hello&lt;/i> to &lt;b>all&lt;/b>

WEBVTT

00:00:01.000 --> 00:00:02.500
Ann: Hello
SEEN
