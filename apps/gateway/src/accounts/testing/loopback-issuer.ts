import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** What an issuer can lie about. */
export interface Lies {
  /** Instead of what it would say in an ID token. */
  claims?: Record<string, unknown>;
  /** Signs with a key that it never published. */
  signsWithOtherKey?: boolean;
  /** Describes itself as somebody else. */
  issuer?: string;
  /** Says no. */
  error?: string;
  /** Takes any verifier. */
  ignoresPkce?: boolean;
}

/** An OpenID Connect issuer on loopback: authorization code and PKCE, one client, and whoever a test says is at the screen. */
export class LoopbackIssuer {
  lies: Lies = {};
  /** Who signs in. */
  person: Record<string, unknown> = { sub: 'subject-1', email: 'olga@example.org', email_verified: true };
  private readonly codes = new Map<string, { challenge: string; nonce: string; redirectUri: string }>();
  private readonly server = createServer((request, response) => void this.answer(request, response));
  private readonly keys = generateKeyPair('RS256', { extractable: true });
  private readonly otherKeys = generateKeyPair('RS256');

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }

  /** What a browser meets that is sent here: the address that it is sent back to. */
  async visit(url: string): Promise<string> {
    const response = await fetch(url, { redirect: 'manual' });
    return response.headers.get('location') ?? '';
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname === '/.well-known/openid-configuration') return json(response, this.metadata());
    if (url.pathname === '/jwks') {
      const jwk = await exportJWK((await this.keys).publicKey);
      return json(response, { keys: [{ ...jwk, kid: 'k1', alg: 'RS256', use: 'sig' }] });
    }
    if (url.pathname === '/authorize') return this.authorize(url.searchParams, response);
    return this.token(new URLSearchParams(await bodyOf(request)), response);
  }

  private metadata(): Record<string, unknown> {
    return {
      issuer: this.lies.issuer ?? this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/jwks`,
      ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
      ...{ id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'] },
      token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
    };
  }

  private authorize(query: URLSearchParams, response: ServerResponse): void {
    const get = (name: string): string => query.get(name) ?? '';
    const back = new URL(get('redirect_uri'));
    back.searchParams.set('state', get('state'));
    if (this.lies.error !== undefined) back.searchParams.set('error', this.lies.error);
    else {
      const code = `code-${this.codes.size}-${Math.random()}`;
      this.codes.set(code, {
        ...{ challenge: get('code_challenge'), nonce: get('nonce'), redirectUri: get('redirect_uri') },
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  private async token(body: URLSearchParams, response: ServerResponse): Promise<void> {
    const code = body.get('code') ?? '';
    const known = this.codes.get(code);
    this.codes.delete(code);
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const isProven = this.lies.ignoresPkce === true || known?.challenge === challenge;
    if (known === undefined || !isProven || known.redirectUri !== body.get('redirect_uri')) {
      response.statusCode = 400;
      return json(response, { error: 'invalid_grant' });
    }
    const { privateKey } = this.lies.signsWithOtherKey === true ? await this.otherKeys : await this.keys;
    const seconds = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iss: this.url, aud: 'showrunner', iat: seconds, exp: seconds + 300, nonce: known.nonce },
      ...this.person,
      ...this.lies.claims,
    };
    const idToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .sign(privateKey);
    json(response, { access_token: 'x', token_type: 'Bearer', expires_in: 300, id_token: idToken });
  }
}

function json(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
