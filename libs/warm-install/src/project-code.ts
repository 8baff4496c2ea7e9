import { posix } from 'node:path';
import {
  NODE_ENVIRONMENT,
  RUNTIMES_FOLDER,
  SYSTEM_PATH,
  TOOLS_FOLDER,
  VENV,
} from '@showrunner/build-detection';
import type { BuildSpec } from '@showrunner/contracts';
import type { InstallFacts } from './install-facts';
import { lockMatches, lockNeeds, manifestNeeds, npmrcNeeds } from './npm-inputs';
import { requirementsNeed } from './pip-inputs';

type Plan = Pick<BuildSpec, 'dir' | 'install' | 'env' | 'packageManager'>;

/** Settings of frameworks, which no package manager reads. */
const APP_VARIABLE = /^(?:FLASK|DJANGO|STREAMLIT|GRADIO)_[A-Z_]+$/;
/** Only the platform writes there. */
const SHARED_NODE = new RegExp(`^${RUNTIMES_FOLDER}/node-[0-9.]+/bin$`);
const PLAIN_WORD = "(?:[A-Za-z0-9][\\w.@/+^~=<>!,-]*|@[\\w./^~-]+|'[A-Za-z0-9][\\w.\\[\\],<>=!~ +-]*')";
const NPM = [
  new RegExp(
    `^npm install --no-save --no-package-lock --ignore-scripts=false --prefix ${TOOLS_FOLDER}/tools(?: ${PLAIN_WORD})+$`,
  ),
  /^npm ci$/,
];
const PIP = [
  new RegExp(`^python3 -m venv ${VENV}$`),
  new RegExp(`^${VENV}/bin/pip install(?: -r [A-Za-z0-9][\\w./-]*)?(?: ${PLAIN_WORD})*$`),
];
/** Names that do what the two above allow for, and no more. */
const OTHER_NPM_INPUT = /(?:^|\/)(?:npm-shrinkwrap\.json|binding\.gyp|[^/]*\.prisma)$/;

/**
 * Why the result of an install may follow from more of the project than its inputs: code of the project takes part, or settings or scripts that
 * can read any file of it. null when it cannot; only then may another project get the result. What is not known to be harmless counts as
 * a reason. Pure.
 */
export function projectCodeIn(facts: InstallFacts, buildSpec: Plan): string | null {
  const { packageManager: manager } = buildSpec;
  if (manager !== 'npm' && manager !== 'pip') return `what ${manager} runs cannot be told from its files`;
  const known = manager === 'npm' ? NPM : PIP;
  if (!(buildSpec.install ?? '').split(' && ').every((command) => known.some((one) => one.test(command))))
    return 'its install command is not one of ours';
  const variable = Object.entries(buildSpec.env).find(([name, value]) => !isHarmless(name, value));
  if (variable !== undefined) return `the variable ${variable[0]} is not known to be harmless`;
  const odd = facts.inputs.find(({ kind }) => kind !== 'file');
  if (odd !== undefined) return `${odd.path} is no plain file`;
  return manager === 'npm' ? npmReason(facts, buildSpec) : pipReason(facts, buildSpec);
}

function isHarmless(name: string, value: string): boolean {
  if (name === 'PATH')
    return value
      .split(':')
      .every(
        (folder) =>
          SYSTEM_PATH.split(':').includes(folder) ||
          folder.startsWith(`${TOOLS_FOLDER}/tools/`) ||
          SHARED_NODE.test(folder),
      );
  if (name === 'NODE_OPTIONS') return value === '--openssl-legacy-provider';
  if (name === 'npm_config_nodedir') return SHARED_NODE.test(`${value}/bin`);
  return APP_VARIABLE.test(name) || NODE_ENVIRONMENT[name] === value;
}

function npmReason({ inputs, texts }: InstallFacts, { dir }: Plan): string | null {
  const [manifest, lock] = ['package.json', 'package-lock.json'].map((name) => texts[posix.join(dir, name)]);
  if (manifest === undefined || lock === undefined) return 'there is no package-lock.json beside it';
  if (!lockMatches(manifest, lock)) return 'its lock file is not that of its package.json';
  for (const { path } of inputs) {
    if (OTHER_NPM_INPUT.test(path)) return `${path} can run code`;
    const text = texts[path];
    const [check, isKnown] = path.endsWith('package.json')
      ? [manifestNeeds, true]
      : path.endsWith('package-lock.json')
        ? [lockNeeds, true]
        : [npmrcNeeds, path.endsWith('.npmrc')];
    if (!isKnown) continue;
    const reason = text === undefined ? `${path} is too large` : check(text);
    if (reason !== null) return reason;
  }
  return null;
}

function pipReason({ inputs, texts, shadowsPython }: InstallFacts, { dir, install }: Plan): string | null {
  if (shadowsPython) return 'a file of the project has the name of a module that Python loads';
  const isRead = (path: string): boolean => texts[path] !== undefined;
  const named = / -r ([\w./-]+)/.exec(install ?? '')?.[1];
  if (named !== undefined && !isRead(posix.join(dir, named))) return `${named} was not read`;
  for (const { path } of inputs) {
    if (!path.endsWith('.txt') && !path.endsWith('.in')) continue;
    const text = texts[path];
    const reason =
      text === undefined
        ? `${path} is too large`
        : requirementsNeed(text, (included) => isRead(posix.join(posix.dirname(path), included)));
    if (reason !== null) return reason;
  }
  return null;
}
