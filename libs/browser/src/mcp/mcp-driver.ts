import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { AppError, SessionLostError } from '@showrunner/contracts';

export interface McpDriverOptions {
  /** DevTools endpoint the server attaches to. */
  cdpUrl: string;
  /** Folder for the server's own output; it may write nowhere else. */
  workDir: string;
  /** Folder for the server's own Unix sockets, private and with a short path (they hold 108 bytes). */
  socketDir: string;
  nodePath?: string;
  /** Longest time the server tries one action, ms. Default 8,000. */
  actionTimeoutMs?: number;
  navigationTimeoutMs?: number;
}

export interface ToolReply {
  isError: boolean;
  text: string;
}

const RESULT_LIMIT = 4000;

/** The Playwright MCP server attached to the session's browser: one process, spoken to over stdio. */
export class McpDriver {
  private ended = false;

  private constructor(
    private readonly client: Client,
    private readonly transport: StdioClientTransport,
    private readonly limitMs: number,
    /** The only folder whose files the server may read. */
    readonly workDir: string,
  ) {
    client.onclose = () => (this.ended = true);
  }

  /** Starts the server; it attaches to the browser at its first tool call. Throws AppError `driver_start_failed`. */
  static async start(options: McpDriverOptions): Promise<McpDriver> {
    const actionTimeout = options.actionTimeoutMs ?? 8000;
    const navigationTimeout = options.navigationTimeoutMs ?? 20_000;
    const transport = new StdioClientTransport({
      command: options.nodePath ?? process.execPath,
      args: [
        ...[
          serverPath(),
          '--cdp-endpoint',
          options.cdpUrl,
          '--timeout-settle',
          '0',
          '--snapshot-mode',
          'none',
          '--codegen',
          'none',
          '--no-webmcp',
        ],
        ...['--output-dir', options.workDir, '--image-responses', 'omit'],
        ...['--timeout-action', String(actionTimeout), '--timeout-navigation', String(navigationTimeout)],
      ],
      cwd: options.workDir,
      env: { PATH: '/usr/bin:/bin', HOME: options.workDir, TMPDIR: options.socketDir },
      stderr: 'ignore',
    });
    const client = new Client({ name: 'showrunner', version: '1' });
    try {
      await client.connect(transport);
    } catch (cause) {
      await client.close();
      throw new AppError('driver_start_failed', 'The Playwright MCP server did not start.', {
        retryable: true,
        cause,
        remedy: 'Run `showrunner doctor`.',
      });
    }
    return new McpDriver(
      client,
      transport,
      Math.max(actionTimeout, navigationTimeout) + 10_000,
      options.workDir,
    );
  }

  get pid(): number | null {
    return this.transport.pid;
  }

  /**
   * One tool call. A tool that reports an error is a reply, not an exception; a server that is gone is a SessionLostError.
   * @param mostText characters of what it answers
   */
  async call(
    name: string,
    args: Record<string, unknown>,
    mostText: number = RESULT_LIMIT,
  ): Promise<ToolReply> {
    if (this.ended) throw driverGone();
    try {
      const result = await this.client.callTool({ name, arguments: args }, undefined, {
        timeout: this.limitMs,
      });
      const content = Array.isArray(result.content)
        ? (result.content as { type: string; text?: string }[])
        : [];
      const text = content.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('\n');
      return { isError: result.isError === true || isHeldUp(name, text), text: text.slice(0, mostText) };
    } catch (cause) {
      if (this.ended) throw driverGone(cause);
      // The server does not take a call back: what it was to do may still be done, to whatever page is there by then. So the tab is given up.
      if (cause instanceof McpError && cause.code === Number(ErrorCode.RequestTimeout))
        throw new SessionLostError(`The browser did not carry out ${name} within ${this.limitMs / 1000} s.`, {
          cause,
        });
      return { isError: true, text: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  async close(): Promise<void> {
    this.ended = true;
    const pid = this.transport.pid;
    if (pid !== null) killQuietly(pid);
    await this.client.close();
  }
}

/** Resolved from our package at run time: the server is a program of its own and is not bundled. */
const serverPath = (): string => {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('@playwright/mcp/package.json')), 'cli.js');
};

/** A page behind an open dialog is not left, whatever the server reports: it names the dialog and has done nothing. */
export const isHeldUp = (tool: string, text: string): boolean =>
  (tool === 'browser_navigate' || tool === 'browser_navigate_back') && /modal state/i.test(text);

const driverGone = (cause?: unknown): SessionLostError =>
  new SessionLostError('The Playwright MCP server of this session ended.', { cause });

const killQuietly = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: it ended by itself in the meantime, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
