#!/usr/bin/env bash
# docker-file-parser 1.0.7 (npm): the lines of a here-document are read as instructions, and quotes stay in the values of ENV.
#
# Expected: RUN <<EOF … EOF is one instruction (BuildKit, since 2021), ENV B="x y" sets B to x y, as dockerfile-ast and Docker read them.
# Seen: a line "COPY x y" of a script is listed as an instruction COPY, "echo one" as ECHO; the value of B has its quotes in it.
# Matters to: who finds an app's files, ports and start command in a stranger's Dockerfile with it.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund docker-file-parser@1.0.7 dockerfile-ast@0.7.1
cat > run.mjs <<'JS'
import docker from 'docker-file-parser';
import { DockerfileParser } from 'dockerfile-ast';
const text = 'FROM node:24\nENV A=1 B="x y"\nRUN <<EOF\necho one\nCOPY x y\nEOF\nCMD ["npm", "start"]\n';
console.log(docker.parse(text).map(({ name }) => name).join(' '));
console.log(DockerfileParser.parse(text).getInstructions().map((one) => one.getKeyword()).join(' '));
console.log(JSON.stringify(docker.parse(text)[1].args));
JS
seen=$(node run.mjs); echo "$seen"
[ "$seen" = 'FROM ENV RUN ECHO COPY EOF CMD
FROM ENV RUN CMD
{"A":"1","B":"\"x y\""}' ]
