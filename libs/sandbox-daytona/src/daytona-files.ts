import type { Sandbox as Box } from '@daytonaio/sdk';
import { AppError } from '@showrunner/contracts';
import { ExecFiles, fileTooLarge, requirePath } from '@showrunner/sandbox/provider';
import type { Sandbox } from '@showrunner/sandbox';
import type { DaytonaConnection } from './daytona-connection';
import { asAppError } from './daytona-errors';

/** Smaller content is quicker by a command; larger goes by Daytona's file streams, as the shell loops of its sessions read byte by byte. */
const LARGE = 512 * 1024;
const DEFAULT_READ_BYTES = 16 * 1024 ** 2;
/** Half of a pair: how names that are no UTF-8 are written, which Daytona's file calls cannot say. */
const NOT_UTF8 = /[\uD800-\uDFFF](?<![\uD800-\uDBFF][\uDC00-\uDFFF])(?![\uDC00-\uDFFF])/;
const STREAM_SECONDS = 30 * 60;

/** Files of a box: those of every provider, with large content by Daytona's streams. */
export class DaytonaFiles extends ExecFiles {
  constructor(
    sandbox: Pick<Sandbox, 'exec'>,
    private readonly box: Box,
    private readonly connection: DaytonaConnection,
  ) {
    super(sandbox);
  }

  override async read(path: string, maxBytes = DEFAULT_READ_BYTES): Promise<Buffer> {
    try {
      return await super.read(path, Math.min(maxBytes, LARGE));
    } catch (error) {
      const larger = error instanceof AppError && error.code === 'file_too_large' && maxBytes > LARGE;
      if (!larger) throw error;
    }
    if (NOT_UTF8.test(path)) return super.read(path, maxBytes);
    return this.connection.call(`read ${path}`, () => this.readStream(requirePath(path), maxBytes));
  }

  private async readStream(path: string, maxBytes: number): Promise<Buffer> {
    const stream = await this.box.fs.downloadFileStream(path, STREAM_SECONDS);
    const chunks: Buffer[] = [];
    let total = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      total += chunk.length;
      // Leaving the loop ends the stream.
      if (total > maxBytes) throw fileTooLarge(path, maxBytes);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  override async write(
    path: string,
    content: string | Uint8Array,
    options: { mode?: number } = {},
  ): Promise<void> {
    const bytes = Buffer.from(content as string);
    // With a mode the file must never be readable by more than that, which only a command can see to.
    if (bytes.length <= LARGE || options.mode !== undefined || NOT_UTF8.test(path))
      return super.write(path, content, options);
    const file = requirePath(path);
    try {
      await this.connection.call(`write ${path}`, () => this.box.fs.uploadFile(bytes, file, STREAM_SECONDS));
    } catch (error) {
      const { code } = asAppError('write', error);
      // Why it was refused, in the words of every provider.
      if (code === 'sandbox_refused') return super.write(path, content, options);
      throw error;
    }
  }
}
