import { createHash } from 'node:crypto';
import { dockerfileContext } from './dockerfile-context';

/** Programs that commands, processes, files and archives use inside. */
const NEEDED = ['cat', 'chown', 'dd', 'mkdir', 'mkfifo', 'mv', 'rm', 'rmdir', 'sleep', 'tail', 'tar', 'wc'];
const MISSING = 'showrunner: this image lacks';

/**
 * What is put on every image: folders and an account for uid 1000, which then owns whatever the image keeps in /app. New volumes take
 * over owner and content of these folders. It says so when programs are missing.
 */
const PREPARE = `
for tool in ${NEEDED.join(' ')}; do command -v "$tool" >/dev/null || { echo "${MISSING} $tool"; exit 1; }; done
mkdir -p /app /home/app || exit 1
grep -q '^[^:]*:[^:]*:1000:' /etc/passwd 2>/dev/null || echo 'app:x:1000:1000:app:/home/app:/bin/sh' >>/etc/passwd
chown -R 1000:1000 /app /home/app
`;

const LAYER_DOCKERFILE = (base: string) => `FROM ${base}
USER 0:0
SHELL ["/bin/sh", "-c"]
RUN ${JSON.stringify(['/bin/sh', '-c', PREPARE])}
USER 1000:1000
WORKDIR /
`;

/** Changes with what the layer does, so that an older one is not taken for it. */
export const LAYER_VERSION = createHash('sha256').update(LAYER_DOCKERFILE('')).digest('hex').slice(0, 12);

export function layerContext(base: string): NodeJS.ReadableStream {
  return dockerfileContext(LAYER_DOCKERFILE(base));
}

/** What the image lacks, read from what its build said; undefined when that was not the reason. */
export function lackOf(output: string): string | undefined {
  const tool = new RegExp(`${MISSING} ([a-z]+)`).exec(output)?.[1];
  if (tool !== undefined) return `it has no ${tool}`;
  if (/(stat|exec) "?\/bin\/sh"?|"\/bin\/sh": (stat|no such)/.test(output)) return 'it has no /bin/sh';
  if (/exec format error/i.test(output)) return 'it was made for another processor';
  return undefined;
}
