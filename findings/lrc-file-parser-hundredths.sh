#!/usr/bin/env bash
# lrc-file-parser 2.4.2 (npm): the hundredths of LRC are read as thousandths: [00:01.52] is 1.052 s.
#
# Expected: LRC's times are [mm:ss.xx], xx hundredths of a second, as lrc-kit 1.2.1 and clrc 3.1.4 read them.
# Seen: .52 counts 52 ms, so that a line comes up to 0.9 s early and lines change places ("late" before "early").
# Matters to: lyrics and spoken texts beside a film, of which nearly every file has hundredths.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund lrc-file-parser@2.4.2 clrc@3.1.4 lrc-kit@1.2.1
cat > run.mjs <<'JS'
import clrc from 'clrc';
import kit from 'lrc-kit';
globalThis.window = globalThis;
const { default: Lyric } = await import('lrc-file-parser');
const text = '[00:01.52]one\n[00:02.099]early\n[00:02.98]late\n[00:04.500]four\n[00:05.50][00:10.50]again\n';
const show = (lines) => lines.map(([time, line]) => `${time} ${line}`).join(', ');
new Lyric({ onSetLyric: (lines) => lines.length > 0 && console.log('lrc-file-parser', show(lines.map(({ time, text: line }) => [time, line]))) }).setLyric(text, []);
console.log('clrc', show(clrc.parse(text).filter(({ type }) => type === 'lyric').map(({ startMillisecond, content }) => [startMillisecond, content])));
console.log('lrc-kit', show(kit.Lrc.parse(text).lyrics.map(({ timestamp, content }) => [Math.round(timestamp * 1000), content])));
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
lrc-file-parser 1052 one, 2098 late, 2099 early, 4500 four, 5050 again, 10050 again
clrc 1520 one, 2099 early, 2980 late, 4500 four, 5500 again, 10500 again
lrc-kit 1520 one, 2099 early, 2980 late, 4500 four, 5500 again, 10500 again
SEEN
