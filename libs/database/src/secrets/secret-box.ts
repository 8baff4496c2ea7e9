import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '@showrunner/contracts';

/** Where the keys of the installation come from. The first that is given seals; all of them open. */
export interface SecretKeys {
  SECRETS_KEY?: string;
  /** The keys before, a comma list: they open what they sealed until that is sealed anew. */
  SECRETS_KEY_PREVIOUS?: string;
  /** A key is derived of it, which seals where no other is set. */
  INTERNAL_TOKEN: string;
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Seals texts with AES-256-GCM (NIST SP 800-38D) under a key of the installation: `v1.<id of the key>.<base64url of iv, text, tag>`. A
 * sealed text opens only at the place that it was sealed for, so that none can be put where another belongs.
 */
export class SecretBox {
  private readonly keys: readonly { id: string; key: Buffer }[];

  /** @param secrets texts of any length, the first seals */
  constructor(secrets: readonly string[]) {
    this.keys = secrets.map((secret) => {
      const key = Buffer.from(hkdfSync('sha256', secret, '', 'showrunner secrets 1', KEY_BYTES));
      return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
    });
  }

  static of({ SECRETS_KEY, SECRETS_KEY_PREVIOUS, INTERNAL_TOKEN }: SecretKeys): SecretBox {
    const before = SECRETS_KEY_PREVIOUS?.split(',') ?? [];
    return new SecretBox([SECRETS_KEY, ...before, INTERNAL_TOKEN].filter((one) => one !== undefined));
  }

  /** What begins like this was sealed by the key of today. @throws {AppError} `secrets_key_missing` */
  get prefix(): string {
    return `${VERSION}.${this.current().id}.`;
  }

  /** @throws {AppError} `secrets_key_missing` */
  seal(text: string, place: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.current().key, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return this.prefix + sealed.toString('base64url');
  }

  /** @throws {AppError} `secret_unreadable` when no key opens it, or it was sealed for another place */
  open(sealed: string, place: string): string {
    const [version, id, body = ''] = sealed.split('.');
    const found = this.keys.find((one) => one.id === id);
    const bytes = Buffer.from(body, 'base64url');
    if (version !== VERSION || found === undefined || bytes.length < IV_BYTES + TAG_BYTES) throw unreadable();
    try {
      const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)).toString('utf8') + decipher.final('utf8');
    } catch (error) {
      throw unreadable(error);
    }
  }

  private current(): { id: string; key: Buffer } {
    const [first] = this.keys;
    if (first !== undefined) return first;
    throw new AppError('secrets_key_missing', 'There is no key to seal secrets with.', {
      status: 500,
      remedy: 'Set SECRETS_KEY, the same for all processes of the platform.',
    });
  }
}

const unreadable = (cause?: unknown): AppError =>
  new AppError('secret_unreadable', 'A stored secret cannot be opened with the keys of this installation.', {
    status: 500,
    remedy: 'Set SECRETS_KEY_PREVIOUS to the key that sealed it, or give the values again.',
    cause,
  });
