import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { GitCheckoutSchema, GitCloneSchema, GitPathQuerySchema } from '@showrunner/contracts';
import type { GitStatus } from '@showrunner/sandbox';
import { Tenant } from '@showrunner/service';
import type { z } from 'zod';
import { SandboxAccess } from './sandbox-access';
import { SANDBOX_OPTIONS } from './sandbox-options';
import type { SandboxOptions } from './sandbox-options';

const CLONE_TIMEOUT_MS = 100_000;

/** Git inside a running sandbox. */
@Controller('api/sandboxes/:id/git')
export class GitController {
  constructor(
    @Inject(SandboxAccess) private readonly sandboxes: SandboxAccess,
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
  ) {}

  /** The repository's host alone is reachable meanwhile. */
  @Post('clone')
  @HttpCode(200)
  clone(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: GitCloneSchema }) body: z.infer<typeof GitCloneSchema>,
  ): Promise<{ commit: string | null }> {
    const { privateHosts } = this.options;
    return this.sandboxes.change(tenant, id, (sandbox) =>
      sandbox.git.clone({ ...body, privateHosts, timeoutMs: CLONE_TIMEOUT_MS }),
    );
  }

  @Post('checkout')
  @HttpCode(200)
  checkout(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: GitCheckoutSchema }) { ref, path }: z.infer<typeof GitCheckoutSchema>,
  ): Promise<{ commit: string | null }> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.git.checkout(ref, path));
  }

  @Get('status')
  status(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: GitPathQuerySchema }) { path }: z.infer<typeof GitPathQuerySchema>,
  ): Promise<GitStatus> {
    return this.sandboxes.use(tenant, id, (sandbox) => sandbox.git.status(path));
  }

  @Get('diff')
  diff(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: GitPathQuerySchema }) { path }: z.infer<typeof GitPathQuerySchema>,
  ): Promise<{ diff: string; truncated: boolean }> {
    return this.sandboxes.use(tenant, id, (sandbox) => sandbox.git.diff(path));
  }
}
