#!/usr/bin/env bash
# httplink 0.2.0 (PyPI): a Link header is refused whole when a title in UTF-8 names no language: title*=UTF-8''Caf%C3%A9.
#
# Expected: RFC 8187, 3.2.1: ext-value = charset "'" [ language ] "'" value-chars: the language may be left out, as in nearly all such headers, and RFC 8288
# takes its title* from there; its README: "Decoded attribute value". http-link-header 1.1.4 (npm) reads it.
# Seen: ValueError: Bad extended value; no link of the header is answered, not even those without a title. With a language the same title is read.
# Matters to: clients of paged lists: one title with an accent, and there is no next page.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund http-link-header@1.1.4
python3 -m venv venv; venv/bin/pip install --quiet httplink==0.2.0
cat > run.py <<'PY'
from httplink import parse_link_header
for language in ["fr", ""]:
    header = f"</2>; rel=next, </3>; rel=last; title*=UTF-8'{language}'Caf%C3%A9"
    try:
        links = parse_link_header(header)
        print("httplink", links["next"].target, links["last"]["title"])
    except ValueError as error:
        print("httplink", error)
PY
cat > run.cjs <<'JS'
const { refs } = require('http-link-header').parse("</2>; rel=next, </3>; rel=last; title*=UTF-8''Caf%C3%A9");
console.log('http-link-header', refs[0].uri, refs[1]['title*'].value);
JS
seen=$(venv/bin/python run.py; node run.cjs); echo "$seen"
diff <(echo "$seen") - <<'SEEN'
httplink /2 Café
httplink Bad extended value: "UTF-8''Caf%C3%A9"
http-link-header /2 Café
SEEN
