/** What went wrong, as the platform told it (RFC 9457). */
export class Problem extends Error {
  private constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly remedy: string | undefined,
  ) {
    super(message);
  }

  static async of(response: Response): Promise<Problem> {
    const told = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    const places = Array.isArray(told['errors'])
      ? (told['errors'] as { path?: string; message?: string }[]).map(
          ({ path, message }) => `${path}: ${message}`,
        )
      : [];
    const detail = text(told['detail']) ?? `The platform answered ${response.status}.`;
    return new Problem(
      response.status,
      text(told['code']) ?? 'unexpected_answer',
      [detail, ...places].join(' '),
      text(told['remedy']),
    );
  }

  static unreachable(): Problem {
    return new Problem(
      0,
      'gateway_unreachable',
      'The platform does not answer.',
      'Start it again: showrunner up.',
    );
  }

  static cookiesOff(): Problem {
    return new Problem(
      401,
      'session_missing',
      'This browser keeps no cookies, so nobody stays signed in.',
      'Allow cookies for this address, or leave the private window, and sign in again.',
    );
  }

  static is(error: unknown, status: number): error is Problem {
    return error instanceof Problem && error.status === status;
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
