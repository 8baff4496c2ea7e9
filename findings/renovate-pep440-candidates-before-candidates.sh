#!/usr/bin/env bash
# @renovate/pep440 1.0.0 (npm): 1.0rc1 is not <1.0rc2, and 1.7.0.post3 is not >1.7.post2.
#
# Expected: PEP 440: "<V MUST NOT allow a pre-release of the specified version unless the specified version is itself a pre-release"; ">1.7.post2 will allow
# 1.7.1 and 1.7.0.post3 but not 1.7.0". packaging 26.0 (PyPI) answers so, with prereleases=True.
# Seen: whatever shares its number with V is refused by both "<" and ">"; "<=" and ">=" are right.
# Matters to: bots that choose the newest version which a requirement of Python allows: fixed pre-releases and post-releases are passed over.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @renovate/pep440@1.0.0
python3 -m venv venv; venv/bin/pip install --quiet packaging==26.0
cat > cases.json <<'JSON'
[["1.0rc1", "<1.0rc2"], ["1.0rc1", "<=1.0rc2"], ["1.0.dev1", "<1.0rc2"], ["1.0rc1", "<1.0"], ["1.7.0.post3", ">1.7.post2"], ["1.7.0.post3", ">=1.7.post2"], ["1.7.1", ">1.7.post2"], ["1.7.0", ">1.7.post2"]]
JSON
cat > run.cjs <<'JS'
const { satisfies } = require('@renovate/pep440');
for (const [version, range] of require('./cases.json')) console.log(version, range, satisfies(version, range, { prereleases: true }));
JS
cat > run.py <<'PY'
import json
from packaging.specifiers import SpecifierSet
for version, text in json.load(open("cases.json")):
    print(version, text, str(SpecifierSet(text).contains(version, prereleases=True)).lower())
PY
node run.cjs > node.txt; venv/bin/python run.py > python.txt
seen=$(diff node.txt python.txt || true); echo "$seen"
[ "$(grep -c . node.txt)" = 8 ]
diff <(echo "$seen") - <<'SEEN'
1c1
< 1.0rc1 <1.0rc2 false
---
> 1.0rc1 <1.0rc2 true
3c3
< 1.0.dev1 <1.0rc2 false
---
> 1.0.dev1 <1.0rc2 true
5c5
< 1.7.0.post3 >1.7.post2 false
---
> 1.7.0.post3 >1.7.post2 true
SEEN
