import type { AppKind } from '@showrunner/contracts';

/** What an app of each kind has to be, so that it starts by itself and can be seen. */
export const KIND_RULES: Readonly<Record<AppKind, string>> = {
  webapp: `The kind is "webapp": something to look at and use in a browser. Prefer index.html with a style sheet and one script, and no packages at all. Only where the request asks for a framework or a server: a package.json with exact versions, "dev" or "start" in its scripts (vite, next dev, node server.js), listening on process.env.PORT where it is a server of your own. Scripts of package.json only start or build the app.`,
  api: `The kind is "api": an HTTP API in JavaScript for Node.js 20, in server.js, listening on the port in process.env.PORT, answering JSON. Prefer node:http without packages; express or fastify with an exact version in package.json where that is much shorter. "calls" lists 3 to 8 requests in a sensible order that work on a fresh start, each with method, path with real values, a title such as "List notes", and the JSON body as text or null: a page is made of them that people use in a browser. Nothing of yours answers "/" or paths below "/showrunner".`,
  script: `The kind is "script": main.py (Python 3.11) or main.mjs (Node.js 20), standard library alone, that prints its result as readable text and ends within some seconds. "inputs" lists up to 4 arguments of its command line in order, each with a label and an example with which it works; it must end with code 0 when it is run with the examples. A page is made of it with a field for each input, a button and the output.`,
};

/** What is asked for when everything before failed: the simplest thing that can be meant. */
export const FALLBACK_RULES: Readonly<Record<AppKind, string>> = {
  webapp:
    'Earlier attempts failed. Write the simplest app that serves the request: one index.html with its style and script inside, no packages, no server.',
  api: 'Earlier attempts failed. Write the simplest API that serves the request: server.js alone, node:http, no packages, data in an array.',
  script:
    'Earlier attempts failed. Write the simplest script that serves the request: main.py alone, under 60 lines, every input with a default.',
};
