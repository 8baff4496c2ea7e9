import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import {
  API_KEY_ID_HEADER,
  INTERNAL_HEADER_PREFIX,
  TENANT_HEADER,
  tenantOfSigned,
} from '@showrunner/service';

/** A key that was good is good for this long without asking the database again: a revoked one works no longer than that. */
const REMEMBER_MS = 5_000;
const MAX_REMEMBERED = 1_000;

interface KeyOwner {
  id: string;
  tenantId: string;
}

/**
 * Lets requests in by API key: `Authorization: Bearer <key>` or `X-API-Key: <key>`; reading, also by a signed link. Keys are looked up by their SHA-256, so no
 * comparison ever takes longer for a key that is nearly right.
 */
export class ApiKeys {
  private readonly remembered = new Map<string, { owner: KeyOwner; until: number }>();
  private bootstrapped: Promise<void> | undefined;

  constructor(
    private readonly database: Pick<Database, 'apiKeys'>,
    private readonly bootstrapKey: string | undefined,
    /** Signs links that open without a key (see `signedPath`). */
    private readonly linkSecret: string,
  ) {}

  /** Marks the request with the id of its key and its tenant. @throws {AppError} `unauthorized` (401) */
  async authenticate(request: IncomingMessage): Promise<void> {
    // What only the platform may say is taken off whatever comes from outside.
    for (const name of Object.keys(request.headers)) {
      if (name.startsWith(INTERNAL_HEADER_PREFIX)) delete request.headers[name];
    }
    const key = sentKey(request);
    const reader = key === undefined ? tenantOfSigned(request, this.linkSecret) : undefined;
    if (reader !== undefined) {
      request.headers[TENANT_HEADER] = reader;
      return;
    }
    const owner = key === undefined ? undefined : await this.ownerOf(key);
    if (owner === undefined) throw unauthorized(key !== undefined);
    request.headers[API_KEY_ID_HEADER] = owner.id;
    request.headers[TENANT_HEADER] = owner.tenantId;
  }

  private async ownerOf(key: string): Promise<KeyOwner | undefined> {
    const digest = createHash('sha256').update(key).digest('base64');
    const known = this.remembered.get(digest);
    if (known !== undefined && known.until > Date.now()) return known.owner;
    await this.bootstrap();
    const record = await this.database.apiKeys.verify(key);
    this.remembered.delete(digest);
    if (record === null) return undefined;
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
    const owner = { id: record.id, tenantId: record.tenantId };
    this.remembered.set(digest, { owner, until: Date.now() + REMEMBER_MS });
    return owner;
  }

  /** Stores the first key once, when the database can first be asked. A key that was revoked stays revoked. */
  private bootstrap(): Promise<void> {
    const { bootstrapKey } = this;
    if (bootstrapKey === undefined) return Promise.resolve();
    this.bootstrapped ??= this.database.apiKeys.ensure(bootstrapKey, 'bootstrap').then(
      () => undefined,
      (error: unknown) => {
        this.bootstrapped = undefined;
        throw error;
      },
    );
    return this.bootstrapped;
  }
}

const MAX_KEY_LENGTH = 512;
const KEY_PROTOCOL = 'showrunner.key.';

function sentKey(request: IncomingMessage): string | undefined {
  const header = request.headers['x-api-key'];
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  const key = bearer ?? keyOfProtocols(request) ?? (typeof header === 'string' ? header.trim() : undefined);
  return key === undefined || key === '' || key.length > MAX_KEY_LENGTH ? undefined : key;
}

/** Browsers cannot set headers of a WebSocket; they offer the key as a protocol, which goes no further. */
function keyOfProtocols(request: IncomingMessage): string | undefined {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const key = offered.find((name) => name.startsWith(KEY_PROTOCOL));
  if (key === undefined) return undefined;
  const others = offered.filter((name) => !name.startsWith(KEY_PROTOCOL)).join(', ');
  if (others === '') delete request.headers['sec-websocket-protocol'];
  else request.headers['sec-websocket-protocol'] = others;
  return key.slice(KEY_PROTOCOL.length);
}

function unauthorized(hasKey: boolean): AppError {
  return new AppError('unauthorized', hasKey ? 'The API key is not valid.' : 'The request has no API key.', {
    status: 401,
    remedy: 'Send `Authorization: Bearer <key>`; the first key is in secrets.json of the data folder.',
  });
}
