import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import { AgentLanguageSchema, InvalidInputError } from '@showrunner/contracts';
import type { AgentLanguage } from '@showrunner/contracts';
import { readEnv } from './film-options';
import { EXIT } from './watch-run';

export interface CreateAgentOptions {
  name?: string;
  language?: string;
  file: string[];
  needs: string[];
  json?: boolean;
}
export interface RunAgentOptions {
  env: string[];
  timeout?: string;
  internet?: boolean;
}

const LANGUAGE_OF: Record<string, AgentLanguage> = {
  ...{ '.py': 'python', '.js': 'javascript', '.mjs': 'javascript', '.sh': 'shell' },
  ...{ '.ts': 'typescript', '.mts': 'typescript' },
};
/** With the start of a sandbox, what our own client waits for an answer at most. */
const MOST_SECONDS = 240;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `agents create`: stores a file of code; prints its id. */
export async function createAgent(
  api: ApiClient,
  codeFile: string,
  { name, language, file, needs, json = false }: CreateAgentOptions,
): Promise<number> {
  const files: Record<string, string> = {};
  for (const beside of file) files[path.basename(beside)] = await textOf(beside);
  const body = {
    name: name ?? path.basename(codeFile),
    language: languageOf(codeFile, language),
    code: await textOf(codeFile),
    files,
    envNames: needs,
  };
  const agent = await answerOf(api.POST('/agents', { body }));
  say(json ? JSON.stringify(agent, null, 2) : agent.id);
  return EXIT.filmed;
}

/** `agents list`. */
export async function listAgents(api: ApiClient, { json = false }: { json?: boolean }): Promise<number> {
  const { data } = await answerOf(api.GET('/agents', { params: { query: { limit: 100 } } }));
  if (json) say(JSON.stringify(data, null, 2));
  else if (data.length === 0) say('No agents yet. Store one with "showrunner agents create <file>".');
  else
    for (const { id, language, name, envNames, updatedAt } of data)
      say(
        `${id}  ${language.padEnd(10)} ${updatedAt}  ${name}${envNames.map((one) => ` ${one}=…`).join('')}`,
      );
  return EXIT.filmed;
}

/** `agents run`: prints its output, and ends with its exit code. */
export async function runAgent(
  api: ApiClient,
  agentId: string,
  args: string[],
  { env, timeout, internet = false }: RunAgentOptions,
): Promise<number> {
  const seconds = timeout === undefined ? MOST_SECONDS : Number(timeout);
  if (!(seconds > 0 && seconds <= MOST_SECONDS))
    throw new InvalidInputError('invalid_input', `"${timeout}" is no time for a command to wait.`, {
      remedy: `Give seconds, ${MOST_SECONDS} at most; by REST and streams code may run for longer.`,
    });
  const timeoutMs = Math.ceil(seconds * 1000);
  const body = { environment: readEnv(env), args, internet, timeoutMs };
  const { output, exit_code } = await answerOf(
    api.POST('/agents/{agentId}/run', { params: { path: { agentId } }, body }),
  );
  process.stdout.write(output);
  return exit_code;
}

/** `agents delete`. */
export async function deleteAgent(api: ApiClient, agentId: string): Promise<number> {
  await answerOf(api.DELETE('/agents/{agentId}', { params: { path: { agentId } } }));
  say(`${agentId} is deleted.`);
  return EXIT.filmed;
}

function languageOf(file: string, given: string | undefined): AgentLanguage {
  const language = AgentLanguageSchema.safeParse(given ?? LANGUAGE_OF[path.extname(file)]);
  if (language.success) return language.data;
  throw new InvalidInputError('invalid_input', `The language of ${file} is not known.`, {
    remedy: `Name it with --language: ${AgentLanguageSchema.options.join(', ')}.`,
  });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new InvalidInputError('source_missing', `${file} cannot be read.`, {
      remedy: 'Name a file of this machine that you may read.',
      cause,
    });
  }
}
