import { z } from 'zod';
import type { OutputListener } from '../output/output-listener';
import { allTaken } from '../output/hold';

const HEADER_BYTES = 5;
const MAX_OUTCOME_BYTES = 1024 ** 2;

const OutcomeSchema = z.object({
  result: z.string().nullable(),
  error: z.object({ name: z.string(), value: z.string(), traceback: z.string() }).nullable(),
  timedOut: z.boolean(),
  /** The run was the first of its process. */
  fresh: z.boolean(),
  truncated: z.boolean().optional(),
  /** Exit code of a process that ended during the run, negative for a signal. */
  died: z.number().int().optional(),
});
export type RunOutcome = z.infer<typeof OutcomeSchema>;

/** Takes the frames of a run apart as they come (see `program/server.ts`); holds no more than the outcome. They are hostile: the app could have sent them. */
export class RunFrames {
  private header = Buffer.alloc(0);
  private kind = 0;
  private missing = 0;
  private readonly outcomeParts: Buffer[] = [];
  private malformed = false;

  constructor(private readonly onOutput: OutputListener) {}

  /** Answers a promise when a listener is busy with what was in it. */
  push(data: Buffer): Promise<void> | undefined {
    const busy: Promise<void>[] = [];
    for (let at = 0; at < data.length && !this.malformed;) {
      if (this.missing === 0) {
        const part = data.subarray(at, at + HEADER_BYTES - this.header.length);
        this.header = Buffer.concat([this.header, part]);
        at += part.length;
        if (this.header.length === HEADER_BYTES) this.open();
        continue;
      }
      const part = data.subarray(at, at + this.missing);
      at += part.length;
      this.missing -= part.length;
      if (this.kind === 3) this.outcomeParts.push(Buffer.from(part));
      else {
        const answer = this.onOutput(this.kind === 1 ? 'stdout' : 'stderr', part);
        if (answer instanceof Promise) busy.push(answer);
      }
    }
    return allTaken(busy);
  }

  private open(): void {
    this.kind = this.header.readUInt8(0);
    this.missing = this.header.readUInt32BE(1);
    this.header = Buffer.alloc(0);
    const tooLong = this.kind === 3 && (this.missing > MAX_OUTCOME_BYTES || this.outcomeParts.length > 0);
    this.malformed = this.kind < 1 || this.kind > 3 || tooLong;
  }

  /** undefined when the run ended without one. */
  outcome(): RunOutcome | undefined {
    if (this.malformed || this.missing > 0 || this.outcomeParts.length === 0) return undefined;
    try {
      const parsed = OutcomeSchema.safeParse(JSON.parse(Buffer.concat(this.outcomeParts).toString('utf8')));
      return parsed.success ? parsed.data : undefined;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
}
