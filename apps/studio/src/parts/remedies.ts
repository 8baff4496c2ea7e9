/** Fields of the form for a film that mend what went wrong. */
export const MENDING_FIELDS = ['install', 'start', 'port', 'env', 'intent'] as const;
export type MendingField = (typeof MENDING_FIELDS)[number];

/** What the form calls them, and what a button says that leads there. */
const FIELDS: Record<MendingField, { label: string; action: string }> = {
  install: { label: '“Install with”', action: 'Change how it is installed' },
  start: { label: '“Start with”', action: 'Change how it is started' },
  port: { label: '“Port”', action: 'Give its port' },
  env: { label: '“Environment”', action: 'Set a variable of its environment' },
  intent: { label: '“What should the film show?”', action: 'Say what to show' },
};

export const isMendingField = (name: unknown): name is MendingField =>
  MENDING_FIELDS.some((field) => field === name);
export const actionOf = (field: MendingField): string => FIELDS[field].action;

/**
 * A remedy as somebody reads it who has the form before him and no command line: options of the command line become names of fields.
 * @returns its words, and the fields that it names, in its order
 */
export function readRemedy(remedy: string): { words: string; fields: MendingField[] } {
  const fields: MendingField[] = [];
  const words = remedy.replace(
    /(\bwith |\bby )?--(install|start|port|env|intent)(?![\w-])( NAME=value| <[\w-]+>)?/gu,
    (_all, lead: string | undefined, field: MendingField, value: string | undefined) => {
      if (!fields.includes(field)) fields.push(field);
      return `${lead === undefined ? '' : 'at '}${FIELDS[field].label}${value?.includes('=') === true ? ' as NAME=value' : ''}`;
    },
  );
  return { words, fields };
}
