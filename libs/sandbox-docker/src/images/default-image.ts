import { createHash } from 'node:crypto';
import { dockerfileContext } from './dockerfile-context';

/** Node 20 with npm, pnpm and yarn; Python 3 with pip and venv; git, a compiler: what most projects need to be installed. */
const DOCKERFILE = `FROM node:20-bookworm
RUN apt-get update \\
 && apt-get install -y --no-install-recommends python3 python3-pip python3-venv python-is-python3 git ca-certificates unzip \\
 && rm -rf /var/lib/apt/lists/* \\
 && npm install -g pnpm@10 && npm cache clean --force
`;

/** Built once an engine, under a name that changes with its recipe. */
export const DEFAULT_IMAGE = `showrunner-default:${createHash('sha256').update(DOCKERFILE).digest('hex').slice(0, 12)}`;

export function defaultImageContext(): NodeJS.ReadableStream {
  return dockerfileContext(DOCKERFILE);
}
