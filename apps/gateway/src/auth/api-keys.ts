import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';
import type { Permission } from '@showrunner/contracts';
import type { ApiKeyRecord, Database, Listener } from '@showrunner/database';
import {
  API_KEY_ID_HEADER,
  BROWSER_SESSION_HEADER,
  INTERNAL_HEADER_PREFIX,
  PERMISSIONS_HEADER,
  TENANT_HEADER,
  tenantOfSigned,
} from '@showrunner/service';
import type { Admitted } from '@showrunner/service';
import { requireOwnPage, sentCookie } from './browser-requests';
import { KeyConnections } from './key-connections';

/**
 * A key that was good is good for this long without asking the database again, unless the database says that it changed: a revoked one
 * works no longer than that even where nobody heard of it. What streams is looked after as often.
 */
const REMEMBER_MS = 5_000;
const MAX_REMEMBERED = 1_000;

interface KeyOwner {
  id: string;
  tenantId: string;
  permissions: readonly Permission[];
  /** Of the browser, where its cookie stands for the key. */
  sessionId?: string;
}
export interface ApiKeysOptions {
  /** The operator's key of the settings; another that they named before ends with its first use. */
  bootstrapKey: string | undefined;
  /** Signs links that open without a key (see `signedPath`). */
  linkSecret: string;
}

/**
 * Lets requests in by API key: `Authorization: Bearer <key>` or `X-API-Key: <key>`; reading, also by a signed link; one request, by a
 * sign-in token (`Authorization: SignIn <token>`); and pages of our own by the cookie of their session. All are looked up by their SHA-256,
 * so no comparison ever takes longer for one that is nearly right. What was let in ends with its key.
 */
export class ApiKeys {
  private readonly remembered = new Map<string, { owner: KeyOwner; until: number }>();
  private readonly connections = new KeyConnections();
  private bootstrapped: Promise<void> | undefined;
  private listener: Listener | undefined;
  private timer: NodeJS.Timeout | undefined;
  private changes = 0;

  constructor(
    private readonly database: Pick<Database, 'apiKeys' | 'browserSessions' | 'transaction' | 'listenToKeys'>,
    private readonly options: ApiKeysOptions,
  ) {}

  /** Hears from now on of keys that end. */
  listen(): void {
    this.listener = this.database.listenToKeys((id) => this.forget(id));
    this.timer = setInterval(() => void this.endInvalid(), REMEMBER_MS).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.listener?.stop();
  }

  /**
   * Marks the request with the id of its key, its tenant and what it may do.
   * @param admitted what is ended when the key ends
   * @throws {AppError} `unauthorized` (401), `cross_site_refused` (403) where a cookie comes from a page that is not ours
   */
  async authenticate(request: IncomingMessage, admitted?: Admitted): Promise<void> {
    // What only the platform may say is taken off whatever comes from outside.
    for (const name of Object.keys(request.headers)) {
      if (name.startsWith(INTERNAL_HEADER_PREFIX)) delete request.headers[name];
    }
    const key = sentKey(request);
    const reader = key === undefined ? tenantOfSigned(request, this.options.linkSecret) : undefined;
    if (reader !== undefined) {
      request.headers[TENANT_HEADER] = reader;
      request.headers[PERMISSIONS_HEADER] = 'read' satisfies Permission;
      return;
    }
    const owner = await (key === undefined ? this.ownerInBrowser(request) : this.ownerOf(key));
    if (owner === undefined) throw unauthorized(key !== undefined);
    request.headers[API_KEY_ID_HEADER] = owner.id;
    if (owner.sessionId !== undefined) request.headers[BROWSER_SESSION_HEADER] = owner.sessionId;
    request.headers[TENANT_HEADER] = owner.tenantId;
    request.headers[PERMISSIONS_HEADER] = owner.permissions.join(',');
    if (admitted !== undefined) this.connections.add(owner.id, admitted);
  }

  /** Of a sign-in token, or of a cookie that comes from a page of ours. */
  private async ownerInBrowser(request: IncomingMessage): Promise<KeyOwner | undefined> {
    const token = /^SignIn +(\S{1,512}) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined) return (await this.database.browserSessions.redeem(token)) ?? undefined;
    const cookie = sentCookie(request);
    if (cookie === undefined) return undefined;
    const owner = await this.remember(`cookie ${cookie}`, async () => {
      const session = await this.database.browserSessions.verify(cookie);
      return session && { ...session.key, expiresAt: session.expiresAt, sessionId: session.id };
    });
    if (owner !== undefined) requireOwnPage(request);
    return owner;
  }

  private ownerOf(key: string): Promise<KeyOwner | undefined> {
    return this.remember(`key ${key}`, async () => {
      await this.bootstrap();
      return this.database.apiKeys.verify(key);
    });
  }

  private async remember(
    credential: string,
    lookUp: () => Promise<(ApiKeyRecord & { sessionId?: string }) | null>,
  ): Promise<KeyOwner | undefined> {
    const digest = createHash('sha256').update(credential).digest('base64');
    const known = this.remembered.get(digest);
    if (known !== undefined && known.until > Date.now()) return known.owner;
    const { changes } = this;
    const record = await lookUp();
    this.remembered.delete(digest);
    if (record === null) return undefined;
    const { id, tenantId, permissions, expiresAt, sessionId } = record;
    const owner = { id, tenantId, permissions, sessionId };
    // A key that changed while it was looked up is looked up again the next time.
    if (changes !== this.changes) return owner;
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
    const until = Math.min(Date.now() + REMEMBER_MS, expiresAt === null ? Infinity : Date.parse(expiresAt));
    this.remembered.set(digest, { owner, until });
    return owner;
  }

  /** A session was ended here: its cookie opens nothing from now on. */
  forgetSession(sessionId: string): void {
    for (const [digest, { owner }] of this.remembered)
      if (owner.sessionId === sessionId) this.remembered.delete(digest);
  }

  /** A key changed; without an id, any may have. */
  private forget(id?: string): void {
    this.changes += 1;
    for (const [digest, { owner }] of this.remembered)
      if (id === undefined || owner.id === id) this.remembered.delete(digest);
    void this.endInvalid();
  }

  /** Ends what streams in the name of keys that are not good any more: revoked, replaced, or at their end. */
  private async endInvalid(): Promise<void> {
    const ids = this.connections.keyIds();
    if (ids.length === 0) return;
    try {
      const valid = await this.database.apiKeys.validOf(ids);
      for (const id of ids) if (!valid.has(id)) this.connections.end(id);
    } catch {
      // A database that is away is asked again by the next round.
      return;
    }
  }

  /** Stores the operator's key once, when the database can first be asked. One that was revoked stays revoked. */
  private bootstrap(): Promise<void> {
    const { bootstrapKey } = this.options;
    if (bootstrapKey === undefined) return Promise.resolve();
    this.bootstrapped ??= this.database
      .transaction(({ apiKeys }) => apiKeys.setOfSetting(bootstrapKey))
      .then(
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
