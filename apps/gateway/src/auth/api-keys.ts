import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AppError, ROLE_PERMISSIONS } from '@showrunner/contracts';
import type { Permission } from '@showrunner/contracts';
import type { ApiKeyRecord, Database, Listener } from '@showrunner/database';
import {
  API_KEY_ID_HEADER,
  BROWSER_SESSION_HEADER,
  INTERNAL_HEADER_PREFIX,
  PERMISSIONS_HEADER,
  TENANT_HEADER,
  tenantOfSigned,
  USER_HEADER,
} from '@showrunner/service';
import type { Admitted } from '@showrunner/service';
import type { AccessTokens } from './access-tokens';
import { requireOwnPage, sentCookie } from './browser-requests';
import { KeyConnections } from './key-connections';
import { sentAccess } from './person-cookies';
import { isPublicRoute } from './public-routes';

/**
 * A key that was good is good for this long without asking the database again, unless the database says that it changed: a revoked one
 * works no longer than that even where nobody heard of it. What streams is looked after as often.
 */
const REMEMBER_MS = 5_000;
const MAX_REMEMBERED = 1_000;

/** In whose name a request is made: a key, or a person by a session. */
interface Caller {
  keyId?: string;
  userId?: string;
  /** Of the browser, where a cookie let it in. */
  sessionId?: string;
  tenantId: string;
  permissions: readonly Permission[];
}
type Found = Caller & { /** ISO; null: never. */ expiresAt: string | null };

export interface ApiKeysOptions {
  /** The operator's key of the settings; another that they named before ends with its first use. */
  bootstrapKey: string | undefined;
  /** Signs links that open without a key (see `signedPath`). */
  linkSecret: string;
  /** Reads the cookies of people. */
  tokens: Pick<AccessTokens, 'verify'>;
}

/**
 * Lets requests in by API key: `Authorization: Bearer <key>` or `X-API-Key: <key>`; reading, also by a signed link; one request, by a
 * sign-in token (`Authorization: SignIn <token>`); and pages of our own by the cookie of a person or key. Keys and tokens are looked up by their
 * SHA-256, so no comparison ever takes longer for one that is nearly right. What was let in ends with its key or session.
 */
export class ApiKeys {
  private readonly remembered = new Map<string, { owner: Caller; until: number }>();
  private readonly connections = new KeyConnections();
  private bootstrapped: Promise<void> | undefined;
  private listener: Listener | undefined;
  private timer: NodeJS.Timeout | undefined;
  private changes = 0;

  constructor(
    private readonly database: Pick<
      Database,
      'apiKeys' | 'browserSessions' | 'userSessions' | 'transaction' | 'listenToKeys'
    >,
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
   * Marks the request with who makes it, the tenant, and what may be done. By what people come in is let in unmarked.
   * @param admitted what is ended when the key or session ends
   * @throws {AppError} `unauthorized`, `session_expired` (401), `cross_site_refused` (403) where a cookie comes from a page that is not ours
   */
  async authenticate(request: IncomingMessage, admitted?: Admitted): Promise<void> {
    // What only the platform may say is taken off whatever comes from outside.
    for (const name of Object.keys(request.headers)) {
      if (name.startsWith(INTERNAL_HEADER_PREFIX)) delete request.headers[name];
    }
    if (isPublicRoute(request)) return;
    const key = sentKey(request);
    const reader = key === undefined ? tenantOfSigned(request, this.options.linkSecret) : undefined;
    if (reader !== undefined) {
      request.headers[TENANT_HEADER] = reader;
      request.headers[PERMISSIONS_HEADER] = 'read' satisfies Permission;
      return;
    }
    const owner = await (key === undefined ? this.ownerInBrowser(request) : this.ownerOf(key));
    if (owner === undefined) throw unauthorized(key !== undefined);
    if (owner.keyId !== undefined) request.headers[API_KEY_ID_HEADER] = owner.keyId;
    if (owner.userId !== undefined) request.headers[USER_HEADER] = owner.userId;
    if (owner.sessionId !== undefined) request.headers[BROWSER_SESSION_HEADER] = owner.sessionId;
    request.headers[TENANT_HEADER] = owner.tenantId;
    request.headers[PERMISSIONS_HEADER] = owner.permissions.join(',');
    const endsWith = owner.keyId ?? owner.sessionId;
    if (admitted !== undefined && endsWith !== undefined) this.connections.add(endsWith, admitted);
  }

  /** The person whose cookie a request to a public route has; undefined: nobody's. @throws {AppError} `cross_site_refused` (403) */
  async personOf(request: IncomingMessage): Promise<{ userId: string; sessionId: string } | undefined> {
    try {
      const { userId, sessionId } = (await this.ownerByAccess(request)) ?? {};
      return userId === undefined || sessionId === undefined ? undefined : { userId, sessionId };
    } catch (error) {
      // Who comes to sign in may well have a cookie that is over.
      if (error instanceof AppError && error.status === 401) return undefined;
      throw error;
    }
  }

  /** Of a sign-in token, or of a cookie that comes from a page of ours. A person's counts before one that stands for a key. */
  private async ownerInBrowser(request: IncomingMessage): Promise<Caller | undefined> {
    const token = /^SignIn +(\S{1,512}) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token !== undefined) {
      const key = await this.database.browserSessions.redeem(token);
      return key === null ? undefined : callerOf(key);
    }
    if (sentAccess(request) !== undefined) return this.ownerByAccess(request);
    const cookie = sentCookie(request);
    if (cookie === undefined) return undefined;
    const owner = await this.remember(`cookie ${cookie}`, async () => {
      const session = await this.database.browserSessions.verify(cookie);
      return session && { ...callerOf(session.key), expiresAt: session.expiresAt, sessionId: session.id };
    });
    if (owner !== undefined) requireOwnPage(request);
    return owner;
  }

  /** Of the JWT of a person, as long as its session goes on; what he may do is what his role allows now. */
  private async ownerByAccess(request: IncomingMessage): Promise<Caller | undefined> {
    const access = sentAccess(request);
    const claims = access === undefined ? undefined : await this.options.tokens.verify(access);
    if (claims === undefined) return undefined;
    const owner = await this.remember(`session ${claims.sessionId}`, async () => {
      const session = await this.database.userSessions.find(claims.sessionId);
      if (session === null) return null;
      const { tenantId, role, expiresAt, user } = session;
      return {
        ...{ userId: user.id, sessionId: session.id, tenantId, expiresAt },
        permissions: ROLE_PERMISSIONS[role],
      };
    });
    if (owner === undefined || owner.userId !== claims.userId || owner.tenantId !== claims.tenantId)
      return undefined;
    requireOwnPage(request);
    return owner;
  }

  private ownerOf(key: string): Promise<Caller | undefined> {
    return this.remember(`key ${key}`, async () => {
      await this.bootstrap();
      const record = await this.database.apiKeys.verify(key);
      return record && callerOf(record);
    });
  }

  private async remember(
    credential: string,
    lookUp: () => Promise<Found | null>,
  ): Promise<Caller | undefined> {
    const digest = createHash('sha256').update(credential).digest('base64');
    const known = this.remembered.get(digest);
    if (known !== undefined && known.until > Date.now()) return known.owner;
    const { changes } = this;
    const found = await lookUp();
    this.remembered.delete(digest);
    if (found === null) return undefined;
    const { expiresAt, ...owner } = found;
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

  /** A key, session or person changed; without an id, any may have. */
  private forget(id?: string): void {
    this.changes += 1;
    for (const [digest, { owner }] of this.remembered)
      if (id === undefined || [owner.keyId, owner.sessionId, owner.userId].includes(id))
        this.remembered.delete(digest);
    void this.endInvalid();
  }

  /** Ends what streams in the name of keys and sessions that are not good any more: revoked, replaced, or at their end. */
  private async endInvalid(): Promise<void> {
    const ids = this.connections.keyIds();
    if (ids.length === 0) return;
    try {
      const keys = await this.database.apiKeys.validOf(ids);
      const sessions = await this.database.userSessions.validOf(ids.filter((id) => !keys.has(id)));
      for (const id of ids) if (!keys.has(id) && !sessions.has(id)) this.connections.end(id);
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

const callerOf = ({ id, tenantId, permissions, expiresAt }: ApiKeyRecord): Found => ({
  ...{ keyId: id, tenantId, permissions, expiresAt },
});

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
