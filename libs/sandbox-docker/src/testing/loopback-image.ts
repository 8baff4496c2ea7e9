import { randomBytes } from 'node:crypto';
import type { LoopbackImage } from './loopback-container';

export const FULL_IMAGE = 'showrunner-test/full:1';
export const NO_SHELL_IMAGE = 'showrunner-test/no-shell:1';

export function image(tag: string, more: Partial<LoopbackImage> = {}): LoopbackImage {
  return {
    id: `sha256:${randomBytes(32).toString('hex')}`,
    tags: [tag],
    labels: {},
    env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    run: {},
    os: 'linux',
    hasShell: true,
    created: Math.floor(Date.now() / 1000),
    folders: new Map(),
    ...more,
  };
}
