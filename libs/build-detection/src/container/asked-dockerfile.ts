import { InvalidInputError, type BuildOverrides } from '@showrunner/contracts';
import { because, type Draft } from '../draft';
import type { FileListing } from '../listing';
import type { RepositoryConfig } from '../repository-config';
import { detectContainer } from './detect-container';
import { readDockerfile } from './dockerfile';

/**
 * The Dockerfile that somebody asks for, relative to the folder of the app; who asks for the build wins over `showrunner.yaml`, also by
 * a start command.
 * @throws InvalidInputError `dockerfile_or_start`
 */
export function askedDockerfile(
  overrides: BuildOverrides,
  config: RepositoryConfig,
): { file: string; by: string } | undefined {
  const both = (one: BuildOverrides | RepositoryConfig) =>
    one.dockerfile !== undefined && one.start !== undefined;
  if (
    both(overrides) ||
    (both(config) && overrides.start === undefined && overrides.dockerfile === undefined)
  )
    throw new InvalidInputError(
      'dockerfile_or_start',
      'The app is either built from a Dockerfile, which says how it starts, or started by a command.',
      { remedy: 'Give one of the two.' },
    );
  if (overrides.dockerfile !== undefined) return { file: overrides.dockerfile, by: 'you' };
  if (config.dockerfile === undefined || overrides.start !== undefined) return undefined;
  return { file: config.dockerfile, by: 'showrunner.yaml' };
}

/**
 * Plan for a folder that is built from this Dockerfile because somebody says so, whatever else is in it.
 * @throws InvalidInputError `dockerfile_not_found`, `dockerfile_unsupported`
 */
export function askedContainer(
  listing: FileListing,
  asked: { file: string; by: string },
  buildsDockerfiles: boolean,
): Draft {
  const file = asked.file
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  if (!listing.files.includes(file))
    throw new InvalidInputError(
      'dockerfile_not_found',
      `The folder of the app has no file "${asked.file.slice(0, 200)}".`,
      { remedy: 'Give a file that exists, relative to the folder of the app.' },
    );
  if (!buildsDockerfiles)
    throw new InvalidInputError(
      'dockerfile_unsupported',
      `The app is to be built from ${file}, and the sandbox provider builds no container images.`,
      { remedy: 'Ask for the provider docker, or say how it starts without a container with --start.' },
    );
  const draft = detectContainer(readDockerfile(listing, file));
  const reason = because(
    'framework',
    `${asked.by === 'you' ? 'You ask' : `${asked.by} asks`} to build it from ${file}.`,
  );
  return { ...draft, reasons: [reason, ...draft.reasons.filter(({ what }) => what !== 'framework')] };
}
