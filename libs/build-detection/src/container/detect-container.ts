import { because, type Draft } from '../draft';
import { hasFile, type FileListing } from '../listing';
import { composeServices } from '../services/compose-services';
import { portNamedBy } from '../ports';
import type { Dockerfile } from './dockerfile';

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
  const compose = composeServices(listing);
  const wanting = (compose?.services ?? []).flatMap(({ name, wants }) =>
    wants.length === 0 ? [] : [`${wants.join(', ')} (${name.slice(0, 40)})`],
  );
  return [
    ...(hasFile(listing, 'Dockerfile')
      ? [because('ignored', 'The Dockerfile is not used: the app starts without it.')]
      : []),
    ...(compose === undefined
      ? []
      : [because('unmet', `${compose.file} names services; only the app itself is started.`)]),
    ...(wanting.length === 0
      ? []
      : [
          because(
            'ignored',
            `${compose?.file ?? ''} asks for what no sandbox gives, and does not get it: ${wanting.slice(0, 6).join('; ')}.`,
          ),
        ]),
  ];
}
