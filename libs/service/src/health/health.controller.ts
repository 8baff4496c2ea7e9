import { Controller, Get, Header, Inject } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';

/** One thing that a process needs to do its work: resolves when it answers. */
export interface ReadinessCheck {
  name: string;
  check(): Promise<void>;
}
export const READINESS_CHECKS = Symbol('READINESS_CHECKS');

const CHECK_TIMEOUT_MS = 2_000;

/** The only routes without credentials. They tell no more than whether the process lives and what it waits for. */
@Controller()
export class HealthController {
  constructor(@Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[]) {}

  /** The process runs. */
  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Everything that the process needs answers. @throws {AppError} `not_ready` (503), naming what is away */
  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  async ready(): Promise<{ status: 'ok'; checks: string[] }> {
    const results = await Promise.all(this.checks.map((one) => answersInTime(one)));
    const away = this.checks.filter((_, index) => !results[index]).map(({ name }) => name);
    if (away.length === 0) return { status: 'ok', checks: this.checks.map(({ name }) => name) };
    throw new AppError('not_ready', `Waiting for ${away.join(' and ')}.`, {
      status: 503,
      retryable: true,
      remedy: 'Try again in a moment; `showrunner status` shows which process is down.',
    });
  }
}

async function answersInTime({ check }: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
  });
  const answered = check().then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
