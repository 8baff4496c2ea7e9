#!/usr/bin/env bash
# sdp-transform 3.0.0 (npm): whatever follows an unknown word in an ICE candidate is lost: browsers write "ufrag" before "network-id" and "network-cost".
#
# Expected: write(parse(sdp)) keeps the extensions of a candidate, any pairs in any order (RFC 8839, 5.1: *(SP cand-extension)), as it keeps attributes that it
# does not know. @webex/ts-sdp 1.7.0 keeps them.
# Seen: without "ufrag" network-id and network-cost are kept; with it, as Chromium writes its candidates, all three are gone.
# Matters to: whoever edits an offer with it: after an ICE restart candidates cannot be told from those of the connection before, and costs of networks are unknown.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund sdp-transform@3.0.0 @webex/ts-sdp@1.7.0
cat > run.mjs <<'JS'
import { createRequire } from 'node:module';
import { parse, write } from 'sdp-transform';
const webex = createRequire(import.meta.url)('@webex/ts-sdp');
const candidate = '1 1 udp 2122260223 192.0.2.1 50000 typ host generation 0';
for (const extensions of ['network-id 1 network-cost 50', 'ufrag abcd network-id 1 network-cost 50']) {
  const sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=candidate:${candidate} ${extensions}\r\n`;
  for (const [name, copy] of [['sdp-transform', write(parse(sdp))], ['@webex/ts-sdp', webex.parse(sdp).toString()]])
    console.log(name, extensions, '->', copy.split('\r\n').find((line) => line.startsWith('a=candidate:')).split('generation 0')[1].trim() || 'nothing');
}
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
sdp-transform network-id 1 network-cost 50 -> network-id 1 network-cost 50
@webex/ts-sdp network-id 1 network-cost 50 -> network-id 1 network-cost 50
sdp-transform ufrag abcd network-id 1 network-cost 50 -> nothing
@webex/ts-sdp ufrag abcd network-id 1 network-cost 50 -> ufrag abcd network-id 1 network-cost 50
SEEN
