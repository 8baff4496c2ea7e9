import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const LENGTH = 12;

/** A new id: 12 random lower-case base-36 characters (62 bits), valid inside a DNS label, a file name and a workflow id. */
export function newId(): string {
  let id = '';
  for (let index = 0; index < LENGTH; index++) id += ALPHABET[randomInt(ALPHABET.length)];
  return id;
}

/** The sandbox of a build: one a build, so its id follows from the build's. */
export const sandboxIdOf = (buildId: string): string => `sbx-${buildId}`;
