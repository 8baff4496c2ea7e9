#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2: UriTemplate.match takes query variables in the template's order, and all of them.
#
# Expected: a resource template with optional query variables ({?page,size}) matches addresses with some, all or none of them, in any order, as
# RFC 6570 expands undefined variables to nothing; and what expand() wrote, match() reads.
# Seen: only all of them in the template's order match. A list that {name} expands to "a,b" is not matched by {name}; {name:3} expands to nothing.
# Matters to: servers that offer resources with optional parameters: register a template without the query as well, and one order only.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @modelcontextprotocol/sdk@1.32.2
cat > run.mjs <<'JS'
import { UriTemplate } from '@modelcontextprotocol/sdk/shared/uriTemplate.js';
const matches = (template, uri) => new UriTemplate(template).match(uri) !== null;
const list = new UriTemplate('log://run{?page,size}');
for (const query of ['?page=1&size=2', '?size=2&page=1', '?page=1', ''])
  console.log(`log://run${query}`, matches('log://run{?page,size}', `log://run${query}`));
console.log('expand without size:', list.expand({ page: '1' }));
const names = new UriTemplate('log://{name}');
const expanded = names.expand({ name: ['a', 'b'] });
console.log(expanded, names.match(expanded) !== null);
console.log(new UriTemplate('log://{name:3}').expand({ name: 'abcdef' }));
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'log://run?page=1&size=2 true
log://run?size=2&page=1 false
log://run?page=1 false
log://run false
expand without size: log://run?page=1
log://a,b false
log://' ]
