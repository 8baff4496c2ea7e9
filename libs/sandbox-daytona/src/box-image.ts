import type { SandboxImage } from '@showrunner/sandbox';
import { capabilityMissing } from './daytona-errors';

/** Node with npm, Python, git and Perl, on Debian; its user 1000 is "node". */
export const DEFAULT_IMAGE = 'node:22-bookworm';
/** The user of every command, by its number: whatever the image calls it. */
export const BOX_USER = '1000';

const REFERENCE = /^[a-z0-9][a-z0-9._/:@-]{0,254}$/i;

export interface BoxImage {
  reference: string;
  /** Lines of a Dockerfile after `FROM`. Daytona keeps what it built of the same lines, so only the first sandbox waits for it. */
  commands: string[];
}

/** @throws AppError `sandbox_capability_missing` for Dockerfiles, which need an upload to an object store of Daytona */
export function boxImage(image: SandboxImage | undefined, defaultImage: string): BoxImage {
  if (image?.kind === 'dockerfile')
    throw capabilityMissing(
      'build a Dockerfile with its context for this platform',
      'Push the image to a registry and name it, or let the build be detected.',
    );
  const reference = image?.reference ?? defaultImage;
  if (!REFERENCE.test(reference))
    throw capabilityMissing(`use the image "${reference.slice(0, 80)}"`, 'Name an image as "name:tag".');
  return { reference, commands: [...HOME_OF_THE_APP] };
}

const HOME_OF_THE_APP = [
  'USER root',
  'RUN id 1000 >/dev/null 2>&1 || useradd --create-home --uid 1000 app || adduser -D -u 1000 app; mkdir -p /app /home/app && chown -R 1000:1000 /app /home/app',
  `USER ${BOX_USER}`,
  'WORKDIR /app',
];
