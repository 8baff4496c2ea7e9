#!/usr/bin/env bash
# webvtt-py 0.6.0 and pysubs2 1.8.1 (PyPI): SRT to WebVTT leaves "<" and "&" as they are, WebVTT to SRT leaves "&amp;" as it is.
#
# Expected: WebVTT escapes what SRT does not: "a < b & c" becomes "a &lt; b &amp; c" and back again.
# Seen: neither escapes nor reads an escape: a browser takes "< b" for a tag and drops the rest of the line, and a player of SRT shows "R&amp;D". pycaption 2.3.14 does both.
# Matters to: captions with code, prices and names of firms: what is spoken is not what is read.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv venv; venv/bin/pip install --quiet webvtt-py==0.6.0 pysubs2==1.8.1 pycaption==2.3.14
cat > run.py <<'PY'
import pycaption, pysubs2, webvtt
srt = "1\n00:00:01,000 --> 00:00:02,500\na < b & c\n"
vtt = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nR&amp;D &lt;3\n"
open("in.srt", "w").write(srt)
open("in.vtt", "w").write(vtt)
def text(file): return [line for line in file.splitlines() if "a " in line or "R&" in line]
webvtt.read("in.vtt").save_as_srt("out.srt")
print("webvtt-py", text(webvtt.from_srt("in.srt").content), text(open("out.srt").read()))
print("pysubs2", text(pysubs2.SSAFile.from_string(srt).to_string("vtt")), text(pysubs2.SSAFile.from_string(vtt).to_string("srt")))
print("pycaption", text(pycaption.WebVTTWriter().write(pycaption.SRTReader().read(srt))), text(pycaption.SRTWriter().write(pycaption.WebVTTReader().read(vtt))))
PY
seen=$(venv/bin/python -W ignore run.py); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
webvtt-py ['a < b & c'] ['R&amp;D &lt;3']
pysubs2 ['a < b & c'] ['R&amp;D &lt;3']
pycaption ['a &lt; b &amp; c'] ['R&D <3']
SEEN
