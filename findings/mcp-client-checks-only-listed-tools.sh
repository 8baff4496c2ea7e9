#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2: Client.callTool holds structuredContent against the tool's outputSchema only after listTools().
#
# Expected: an answer that breaks the schema that the server advertises is refused by the client, however the tool was found.
# Seen: without a listTools() before it the wrong answer is handed over as it came; after one the same call is refused (-32602).
# Matters to: clients that know a tool's name and call it at once. List the tools first, or check the answer yourself.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @modelcontextprotocol/sdk@1.32.2
cat > run.mjs <<'JS'
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
const server = new Server({ name: 'server', version: '1' }, { capabilities: { tools: {} } });
const outputSchema = { type: 'object', properties: { count: { type: 'number' } }, required: ['count'] };
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [{ name: 'count', inputSchema: { type: 'object' }, outputSchema }] }));
server.setRequestHandler(CallToolRequestSchema, () => ({ content: [], structuredContent: { count: 'many' } }));
const [ours, theirs] = InMemoryTransport.createLinkedPair();
await server.connect(ours);
const client = new Client({ name: 'client', version: '1' });
await client.connect(theirs);
const call = () => client.callTool({ name: 'count' }).then(() => 'taken', (error) => `refused ${error.code}`);
console.log('before listTools:', await call());
await client.listTools();
console.log('after listTools:', await call());
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = $'before listTools: taken\nafter listTools: refused -32602' ]
