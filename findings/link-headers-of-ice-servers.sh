#!/usr/bin/env bash
# parse-link-header 2.0.0 (npm): of several links of one kind the last one alone is kept; it and li 1.3.0 end a quoted value at an escaped quote.
#
# Expected: both ICE servers that a WHEP answer offers (rel="ice-server", RFC 9725), and a title with its quotes, as http-link-header 1.1.4 reads them.
# Seen: parse-link-header answers one link per kind, so that the TURN server with its user and password is gone and STUN alone is left; both read
# title="say \"hi\"" as: say # Matters to: players of live video behind a firewall: they never reach the relay that the server offered.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund parse-link-header@2.0.0 li@1.3.0 http-link-header@1.1.4
cat > run.mjs <<'JS'
import links from 'http-link-header';
import li from 'li';
import parse from 'parse-link-header';
const servers = '<turn:turn.example.net>; rel="ice-server"; username="ann"; credential="pass word", <stun:stun.example.net>; rel="ice-server"';
const title = '<https://example.net/2>; rel="next"; title="say \\"hi\\""';
console.log('parse-link-header', JSON.stringify(Object.values(parse(servers)).map(({ url }) => url)), parse(title).next.title);
console.log('li', JSON.stringify(li.parse(servers, { extended: true }).map(({ link }) => link)), li.parse(title, { extended: true })[0].title);
console.log('http-link-header', JSON.stringify(links.parse(servers).refs.map(({ uri }) => uri)), links.parse(title).refs[0].title);
JS
seen=$(node run.mjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
parse-link-header ["stun:stun.example.net"] say \
li ["turn:turn.example.net","stun:stun.example.net"] say \
http-link-header ["turn:turn.example.net","stun:stun.example.net"] say "hi"
SEEN
