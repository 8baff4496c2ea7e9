import { because, type Draft } from '../draft';
import { depthOf, hasFile, type FileListing } from '../listing';
import { portNamedBy } from '../ports';
import type { Dockerfile } from './dockerfile';

const COMPOSE = /^(docker-)?compose(\.[\w-]+)?\.ya?ml$/;

/** The compose file of a folder, by name. */
export const composeFile = (listing: FileListing): string | undefined =>
  listing.files.find((file) => depthOf(file) === 0 && COMPOSE.test(file));

/** Plan for a folder that this Dockerfile builds; only for providers that build images. */
export function detectContainer(found: Dockerfile): Draft {
  return {
    framework: 'container',
    runtime: 'container',
    packageManager: 'none',
    install: null,
    setup: [],
    start: found.command ?? '',
    port: found.port ?? null,
    env: {},
    installHosts: [],
    container: { dockerfile: found.file },
    reasons: [
      because('framework', `${found.file} says how this app is built, and the provider builds images.`),
      because(
        'start',
        found.command === undefined
          ? `${found.file} names no command; its base image does.`
          : `${found.file} starts it with ${found.command.slice(0, 120)}.`,
      ),
      ...(found.port === undefined ? [] : [portNamedBy(found.port, found.file)]),
    ],
    confidence: 2,
  };
}

/** Files that name services which the sandbox does not start. */
export function notesOnContainers(listing: FileListing): Draft['reasons'] {
  const compose = composeFile(listing);
  return [
    ...(hasFile(listing, 'Dockerfile')
      ? [because('ignored', 'The Dockerfile is not used: the app starts without it.')]
      : []),
    ...(compose === undefined
      ? []
      : [because('unmet', `${compose} names services; only the app itself is started.`)]),
  ];
}
