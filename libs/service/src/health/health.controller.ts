import { Controller, Get, Header, Inject, Module } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import { z } from 'zod';

/** One thing that a process needs to do its work: resolves when it answers. */
export interface ReadinessCheck {
  name: string;
  check(): Promise<void>;
}
export const READINESS_CHECKS = Symbol('READINESS_CHECKS');

const CHECK_TIMEOUT_MS = 2_000;

const AliveSchema = z.object({ status: z.literal('ok') });
const ReadySchema = AliveSchema.extend({ checks: z.array(z.string()) });

/** The only routes without credentials. They tell no more than whether the process lives and what it waits for. */
@Tag('health')
@Controller()
export class HealthController {
  constructor(@Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[]) {}

  /** The process runs. */
  @Operation({ id: 'isAlive', summary: 'The process runs', answer: AliveSchema, isPublic: true })
  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Everything that the process needs answers. @throws {AppError} `not_ready` (503), naming what is away */
  @Operation({ id: 'isReady', summary: 'Everything it needs answers', answer: ReadySchema, isPublic: true })
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

@Module({ controllers: [HealthController] })
export class HealthModule {}

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
