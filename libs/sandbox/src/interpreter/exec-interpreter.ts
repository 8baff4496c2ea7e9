import { randomBytes } from 'node:crypto';
import { AppError } from '@showrunner/contracts';
import type { ContextLanguage } from '@showrunner/contracts';
import { fileNotFound } from '../files/file-errors';
import { BoundedOutput } from '../output/bounded-output';
import type { ExecResult } from '../sandbox.types';
import type {
  CodeContext,
  CodeResult,
  CreateContextOptions,
  RunCodeOptions,
  SandboxInterpreter,
} from './interpreter.types';
import { CLIENT_PROGRAM, NO_SERVER } from './program/client';
import {
  factsOf,
  interpreterUnavailable,
  languageOfContext,
  missingProgram,
  requireSameLanguage,
} from './code-languages';
import { CodeContexts, contextNotFound, type ContextSandbox } from './code-contexts';
import { RunFrames, type RunOutcome } from './run-frames';

const OUTPUT_BYTES = 1024 ** 2;
const NO_PYTHON = 47;
const START_SECONDS = 20;
/** What is late is ended inside; this is for a server that does not do it. */
const BACKSTOP_MS = 30_000;
const CLIENT = `command -v python3 > /dev/null 2>&1 || exit ${NO_PYTHON}; exec python3 -I -S -c "$@"`;

interface Attempt {
  ended: ExecResult;
  outcome: RunOutcome | undefined;
  stdout: BoundedOutput;
  stderr: BoundedOutput;
}

/** Contexts of code inside the sandbox, each run by a small client whose streams carry the output. */
export class ExecInterpreter implements SandboxInterpreter {
  private readonly contexts: CodeContexts;

  constructor(private readonly sandbox: ContextSandbox) {
    this.contexts = new CodeContexts(sandbox);
  }

  async run(code: string, options: RunCodeOptions = {}): Promise<CodeResult> {
    const started = performance.now();
    const id = options.contextId ?? factsOf(options.language ?? 'python').ownContext;
    requireSameLanguage(id, options.language);
    let attempt = await this.attempt(id, code, options, 0);
    if (attempt.ended.exitCode === NO_SERVER) {
      const settings = await this.contexts.settings(id);
      if (settings === undefined) await this.requireOwnContext(id);
      await this.contexts.start(id, settings ?? {});
      attempt = await this.attempt(id, code, options, START_SECONDS);
    }
    const { ended, stdout, stderr } = attempt;
    if (ended.exitCode === NO_PYTHON) throw interpreterUnavailable('python3');
    if (ended.exitCode === NO_SERVER) throw await this.startFailed(id);
    const outcome = attempt.outcome ?? unheard(ended);
    return {
      stdout: stdout.text(),
      stderr: stderr.text(),
      result: outcome.result,
      error: outcome.died === undefined ? outcome.error : deathOf(outcome.died, ended.outOfMemory),
      fresh: outcome.fresh,
      timedOut: outcome.timedOut,
      truncated: stdout.truncated || stderr.truncated || outcome.truncated === true,
      durationMs: Math.round(performance.now() - started),
    };
  }

  private async attempt(
    id: string,
    code: string,
    { timeoutMs, signal, onOutput }: RunCodeOptions,
    patience: number,
  ): Promise<Attempt> {
    const streams = { stdout: new BoundedOutput(OUTPUT_BYTES), stderr: new BoundedOutput(OUTPUT_BYTES) };
    const frames = new RunFrames((stream, chunk) => {
      streams[stream].push(chunk);
      return onOutput?.(stream, chunk) ?? undefined;
    });
    const timeout = timeoutMs === undefined ? '' : String(timeoutMs / 1000);
    const argv = [CLIENT_PROGRAM, this.contexts.socket(id), timeout, String(patience)];
    const ended = await this.sandbox.exec(['/bin/sh', '-c', CLIENT, 'interpreter', ...argv], {
      cwd: '/',
      stdin: Buffer.from(code),
      signal,
      timeoutMs: timeoutMs === undefined ? undefined : timeoutMs + patience * 1000 + BACKSTOP_MS,
      maxOutputBytes: 16 * 1024,
      onOutput: (stream: string, chunk: Buffer) => (stream === 'stdout' ? frames.push(chunk) : undefined),
    });
    return { ended, outcome: frames.outcome(), ...streams };
  }

  private async startFailed(id: string): Promise<AppError> {
    const log = await this.contexts.log(id);
    return new AppError(
      'interpreter_unavailable',
      `The context "${id}" did not start: ${log.trim().slice(-300)}`,
      {
        remedy: 'Check that /tmp has room and that python3 is version 3.7 or later.',
        retryable: true,
      },
    );
  }

  async createContext({ language = 'python', ...settings }: CreateContextOptions = {}): Promise<CodeContext> {
    await this.requirePrograms(language);
    if (settings.cwd !== undefined) {
      const folder = await this.sandbox.exec(['test', '-d', settings.cwd], { cwd: '/' });
      if (folder.exitCode !== 0) throw fileNotFound(settings.cwd);
    }
    const contextId = `${factsOf(language).prefix}${randomBytes(6).toString('hex')}`;
    await this.contexts.start(contextId, { cwd: settings.cwd, env: settings.env });
    return { contextId, language };
  }

  /** Only that of a language is made on first use. */
  private async requireOwnContext(id: string): Promise<void> {
    const language = languageOfContext(id);
    if (id !== factsOf(language).ownContext) throw contextNotFound(id);
    await this.requirePrograms(language);
  }

  private async requirePrograms(language: ContextLanguage): Promise<void> {
    const looked = await this.sandbox.exec(['/bin/sh', '-c', missingProgram(language)], { cwd: '/' });
    if (looked.exitCode !== 0) throw interpreterUnavailable(looked.stdout.trim() || 'python3');
  }

  listContexts(): Promise<(CodeContext & { running: boolean })[]> {
    return this.contexts.list();
  }

  async restartContext(contextId: string): Promise<void> {
    const settings = await this.contexts.settings(contextId);
    if (settings === undefined) throw contextNotFound(contextId);
    await this.contexts.stop(contextId);
    await this.contexts.start(contextId, settings);
  }

  async removeContext(contextId: string): Promise<void> {
    await this.contexts.forget(contextId);
  }
}

/** A client that ended without an outcome: its server was killed, or it was itself. */
function unheard(ended: ExecResult): RunOutcome {
  return { result: null, error: null, timedOut: ended.timedOut, fresh: false, died: -9 };
}

function deathOf(code: number, outOfMemory: boolean): CodeResult['error'] {
  const how = code < 0 ? `was ended by signal ${-code}` : `ended with exit code ${code}`;
  const why = outOfMemory ? ', for lack of memory' : '';
  return {
    name: 'ContextDied',
    value: `The process of this context ${how}${why}. Its variables are gone; the next run begins afresh.`,
    traceback: '',
  };
}
