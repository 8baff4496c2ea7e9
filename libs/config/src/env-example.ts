import { z } from 'zod';
import { descriptionOf, wrappedBy } from './load-config';
import { variables } from './variables';

const TITLES: Record<keyof typeof variables, string> = {
  process: 'Every process',
  database: 'PostgreSQL',
  redis: 'Redis',
  temporal: 'Temporal',
  internal: 'Between the services',
  secrets: 'Secrets at rest',
  storage: 'Object store',
  retention: 'What is kept',
  gateway: 'Gateway',
  door: 'Who may ask the gateway, and how often',
  accounts: 'People and accounts (docs/accounts.md)',
  project: 'Project service',
  sandbox: 'Sandbox service',
  intent: 'Intent service',
  editor: 'Editor service',
  serviceUrls: 'Where the gateway finds the services',
  apiKey: 'Access to the REST API',
  worker: 'Worker',
  places: 'Sandboxes and runs: quotas and queue',
  budgets: 'Sandboxes: budgets',
  models: 'Language models (docs/models.md)',
  network: 'What sandboxes may reach',
  cdn: 'Files of public CDNs',
  systems: 'Debian systems beneath sandboxes',
  installs: 'Kept installs',
  sandboxes: 'Sandboxes',
  tools: 'Programs',
  embedded: 'Embedded platform',
  commandLine: 'Command line',
};

/** Text of `.env.example`: every variable with its description and default, all of them commented out. */
export function envExample(): string {
  const head =
    '# Every variable with its default. Set only what you change: an address of your own replaces that part of the embedded platform.\n' +
    '# The commands read it as `.env` here or in the data folder; what the environment says counts more than a file.\n';
  const groups = Object.entries(variables).map(([group, fields]) => {
    const entries = Object.entries(fields as Record<string, z.ZodType>).map(([name, field]) => {
      const fallback = defaultOf(field);
      return `# ${descriptionOf(field)}\n#${name}=${fallback === undefined ? '' : String(fallback)}\n`;
    });
    return `## ${TITLES[group as keyof typeof variables]}\n\n${entries.join('\n')}`;
  });
  return [head, ...groups].join('\n');
}

/** The default as it would be written into the environment; undefined when there is none. */
function defaultOf(field: z.ZodType): unknown {
  for (let at: z.ZodType | undefined = field; at !== undefined; at = wrappedBy(at)) {
    if (at instanceof z.ZodDefault) return at.def.defaultValue;
  }
  return undefined;
}
