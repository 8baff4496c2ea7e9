import { AppError } from '@showrunner/contracts';
import { describeEngine, type EngineAddress } from './engine-address';

/** A reply of the engine with an error status, its own words as message. Turned into an AppError before it leaves the provider. */
export class EngineRefusal extends Error {
  override readonly name = 'EngineRefusal';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export function isRefusal(error: unknown, ...statuses: number[]): error is EngineRefusal {
  return error instanceof EngineRefusal && statuses.includes(error.status);
}

const UNREACHABLE_REMEDY =
  'Start the engine, or set SANDBOX_SERVER_URL to where it listens, as DOCKER_HOST has it: unix:///path/to/docker.sock or tcp://host:port.';

/** Codes of OpenSSL and of Node.js for certificates and handshakes. */
const TLS_FAILURE = /CERT|^ERR_SSL|^ERR_TLS|^ERR_OSSL|^UNABLE_TO|^EPROTO$|^HOSTNAME_MISMATCH$/;

/** The engine did not answer, or the connection broke. Retryable: engines are restarted. */
export function engineUnavailable(address: EngineAddress, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const where = describeEngine(address);
  if (code === 'EACCES' || code === 'EPERM')
    return new AppError('sandbox_unavailable', `This user may not use the Docker engine at ${where}.`, {
      remedy:
        'Add the user to the group of the socket (usually `docker`), or set SANDBOX_SERVER_URL to another engine.',
      status: 503,
      cause,
    });
  if (code !== undefined && TLS_FAILURE.test(code))
    return new AppError(
      'sandbox_unavailable',
      `The Docker engine at ${where} and this platform do not accept each other's certificates (${code}).`,
      {
        remedy:
          'Set SANDBOX_SERVER_CERTS to a folder with the ca.pem that signed for the engine, under the name that SANDBOX_SERVER_URL has, and the cert.pem and key.pem that it accepts.',
        status: 503,
        cause,
      },
    );
  return new AppError(
    'sandbox_unavailable',
    `The Docker engine at ${where} does not answer (${code ?? 'no reply'}).`,
    {
      remedy: UNREACHABLE_REMEDY,
      status: 503,
      retryable: true,
      cause,
    },
  );
}

const DISK_FULL = /no space left on device|disk quota exceeded/i;

/** What the caller of the provider is told about a refusal that has no meaning of its own where it came up. */
export function refusalToAppError(refusal: EngineRefusal, doing: string): AppError {
  const options = { cause: refusal, details: { engineStatus: refusal.status } };
  const said = `${doing}: the Docker engine said "${refusal.message.slice(0, 1000)}"`;
  if (DISK_FULL.test(refusal.message))
    return new AppError('sandbox_quota', `${said}.`, {
      ...options,
      remedy: 'Free space on the disk of the engine (`docker system df`, `docker system prune`).',
      status: 507,
    });
  if (refusal.status === 401 || refusal.status === 403)
    return new AppError('sandbox_auth', `${said}.`, {
      ...options,
      remedy: 'Let this user use the engine, or its registry (`docker login` on the engine).',
      status: 403,
    });
  if (refusal.status === 429 || /toomanyrequests/i.test(refusal.message))
    return new AppError('sandbox_rate_limited', `${said}.`, {
      ...options,
      remedy: 'Wait, or sign in to the registry.',
      status: 429,
      retryable: true,
    });
  return new AppError('sandbox_start_failed', `${said}.`, {
    ...options,
    remedy: 'Look at the log of the engine.',
    retryable: refusal.status >= 500,
  });
}
