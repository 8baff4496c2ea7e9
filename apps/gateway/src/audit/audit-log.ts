import type { Database, NewAuditEntry } from '@showrunner/database';
import {
  API_KEY_ID_HEADER,
  BROWSER_SESSION_HEADER,
  REQUEST_ID_HEADER,
  TENANT_HEADER,
  USER_HEADER,
} from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import type { Request, RequestHandler } from 'express';
import { callerAddress } from '../door/caller-address';

const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const WRITE_EVERY_MS = 250;
/** What waits while the database is away; more would fill our memory. */
const MOST_WAITING = 10_000;
const MAX_PATH = 500;

export interface AuditLogOptions {
  database: Pick<Database, 'audit'>;
  logger: Resources['logger'];
  trustedProxies: number;
}

/** Notes every request that was let in and may change something, once it is answered. Bodies are not noted: they may hold secrets. */
export class AuditLog {
  private waiting: NewAuditEntry[] = [];
  private writing: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: AuditLogOptions) {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  readonly note: RequestHandler = (request, response, next) => {
    // What it says of itself is read now: handlers may change it.
    const entry = CHANGING.has(request.method) ? this.entryOf(request) : undefined;
    if (entry !== undefined)
      response.once('close', () =>
        this.add({ ...entry, status: response.statusCode, createdAt: new Date() }),
      );
    next();
  };

  /** Notes that somebody signed in, which no credential had let in. @param status that it is answered with */
  readonly noteSignIn = (
    request: Request,
    who: { userId: string; tenantId: string },
    status: number,
  ): void => {
    const { userId, tenantId } = who;
    this.add({
      ...{ apiKeyId: null, userId, tenantId, byBrowser: true, status },
      ...this.factsOf(request),
      createdAt: new Date(),
    });
  };

  /** Writes what waits, and stops. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  private entryOf(request: Request): Omit<NewAuditEntry, 'status' | 'createdAt'> | undefined {
    const { headers } = request;
    const [key, user, tenantId] = [API_KEY_ID_HEADER, USER_HEADER, TENANT_HEADER].map(
      (name) => headers[name],
    );
    const apiKeyId = typeof key === 'string' ? key : null;
    const userId = typeof user === 'string' ? user : null;
    if ((apiKeyId ?? userId) === null || typeof tenantId !== 'string') return undefined;
    const byBrowser = headers[BROWSER_SESSION_HEADER] !== undefined;
    return { ...{ apiKeyId, userId, tenantId, byBrowser }, ...this.factsOf(request) };
  }

  private factsOf(request: Request): Pick<NewAuditEntry, 'method' | 'address' | 'path' | 'requestId'> {
    const requestId = request.headers[REQUEST_ID_HEADER];
    return {
      method: request.method,
      address: callerAddress(request, this.options.trustedProxies),
      path: storable(request.path),
      requestId: typeof requestId === 'string' ? requestId : null,
    };
  }

  private add(entry: NewAuditEntry): void {
    if (this.waiting.length < MOST_WAITING) this.waiting.push(entry);
    else this.options.logger.error(entry, 'A request could not be put into the audit log');
  }

  private write(): Promise<void> {
    this.writing = this.writing.then(async () => {
      const entries = this.waiting;
      if (entries.length === 0) return;
      this.waiting = [];
      try {
        await this.options.database.audit.add(entries);
      } catch (error) {
        this.waiting = [...entries, ...this.waiting].slice(0, MOST_WAITING);
        this.options.logger.warn({ err: error }, 'The audit log waits for the database');
      }
    });
    return this.writing;
  }
}

/** As it came, percent-encoded: never a NUL that the database would refuse. */
const storable = (path: string): string => path.replaceAll('\0', '').slice(0, MAX_PATH);
