import { createHash } from 'node:crypto';
import type { BuildSpec } from '@showrunner/contracts';
import type { InstallFacts } from './install-facts';

/** Raised when what is kept, or how, changes its meaning: older entries are then never found again. */
const FORMAT = 1;

export interface KeyParts {
  facts: Pick<InstallFacts, 'runtimes' | 'inputs'>;
  buildSpec: Pick<BuildSpec, 'dir' | 'install' | 'env' | 'packageManager'>;
  provider: string;
  /** What the provider's sandboxes are made from; null for its own image. */
  image: string | null;
  /** Hosts besides the public registries that the install may reach. */
  hosts: readonly string[];
  /** null: whoever asks with the same inputs gets it; else the source that it stays with. */
  scope: string | null;
}

/** Address of what an install with these parts makes: lower-case hex. The order of inputs, variables and hosts plays no part. Pure. */
export function installKey({ facts, buildSpec, provider, image, hosts, scope }: KeyParts): string {
  const sorted = (record: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [
    FORMAT,
    sorted(facts.runtimes),
    provider,
    image,
    buildSpec.packageManager,
    buildSpec.install,
    buildSpec.dir,
    sorted(buildSpec.env),
    [...hosts].sort(),
    facts.inputs
      .map(({ path, kind, content }) => [path, kind, content])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    scope,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
