/** As long as a note for the next steps may be. */
const LONGEST_NOTE = 200;

/**
 * The note of a step after which others follow (`continues`): what follows, and what it has to know. Names in it are short; undefined when it
 * would be too long, since a part of it could not be read.
 */
export const noteOf = (kind: string, known: object): string | undefined => {
  const note = `${kind} ${JSON.stringify(known)}`;
  return note.length > LONGEST_NOTE ? undefined : note;
};
