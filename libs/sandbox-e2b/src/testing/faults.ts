import { setTimeout as delay } from 'node:timers/promises';

/** What can go wrong with a request, beside what the boxes themselves can suffer (see E2bLoopback). */
export type Fault =
  /** Answered so, and not carried out. */
  | { kind: 'reply'; status: number; message?: string; headers?: Record<string, string>; body?: unknown }
  /** Carried out, but the connection breaks before the answer. */
  | { kind: 'lose-reply' }
  /** Never answered, not carried out. */
  | { kind: 'hang' }
  /** Answered, but nothing comes of it: a box stuck in its state. */
  | { kind: 'stuck' }
  /** A stream that breaks after so many messages. */
  | { kind: 'cut'; afterMessages: number }
  /** A stream whose every message is late. */
  | { kind: 'slow'; everyMs: number };

export interface FaultRule {
  /** Default any. */
  method?: string;
  /** Of the path, query included. */
  path: RegExp;
  /** How often; default once. */
  times?: number;
  fault: Fault;
}

export class Faults {
  private rules: { rule: FaultRule; left: number }[] = [];

  add(rule: FaultRule): void {
    this.rules.push({ rule, left: rule.times ?? 1 });
  }

  clear(): void {
    this.rules = [];
  }

  /** Uses up one. */
  take(method: string, path: string): Fault | undefined {
    const found = this.rules.find(
      ({ rule, left }) => left > 0 && (rule.method ?? method) === method && rule.path.test(path),
    );
    if (found === undefined) return undefined;
    found.left--;
    return found.rule.fault;
  }
}

export const late = (fault: Fault | undefined) =>
  fault?.kind === 'slow' ? delay(fault.everyMs) : Promise.resolve();
