import { quoted } from '@showrunner/sandbox';
import loadEnvironment from './load-environment.sh';

/** Paths in the sandbox, that which wins first. */
export const placesOf = (files: readonly string[] = []): string[] =>
  [...files].reverse().map((file) => `/app/${file}`);

/**
 * A `sh -c` line that has the variables of these files, which are read where it runs: their values come neither into the plan nor out of the sandbox.
 * @param files paths below /app, later ones before earlier ones
 */
export function withEnvironmentFiles(files: readonly string[] | undefined, command: string): string {
  const places = placesOf(files);
  return places.length === 0
    ? command
    : `${loadEnvironment}showrunner_load ${places.map(quoted).join(' ')}\n${command}`;
}
