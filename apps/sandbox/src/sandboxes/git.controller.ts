import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  GitCheckoutSchema,
  GitCloneSchema,
  GitCommitSchema,
  GitDiffSchema,
  GitPathQuerySchema,
  GitStatusSchema,
} from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import type { GitStatus } from '@showrunner/sandbox';
import { Tenant } from '@showrunner/service';
import type { z } from 'zod';
import { RUNNING_PROBLEMS, SandboxAccess } from './sandbox-access';
import { SANDBOX_OPTIONS } from './sandbox-options';
import type { SandboxOptions } from './sandbox-options';

const CLONE_TIMEOUT_MS = 100_000;

/** Git inside a running sandbox. */
@Tag('inside sandboxes')
@Controller('api/sandboxes/:id/git')
export class GitController {
  constructor(
    @Inject(SandboxAccess) private readonly sandboxes: SandboxAccess,
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
  ) {}

  /** The repository's host alone is reachable meanwhile. */
  @Operation({
    id: 'cloneInSandbox',
    permission: 'sandbox',
    summary: 'Clone a repository; only its host is reachable meanwhile',
    answer: GitCommitSchema,
    problems: RUNNING_PROBLEMS,
  })
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

  @Operation({
    id: 'checkoutInSandbox',
    permission: 'sandbox',
    summary: 'Check out a branch, tag or commit',
    answer: GitCommitSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Post('checkout')
  @HttpCode(200)
  checkout(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: GitCheckoutSchema }) { ref, path }: z.infer<typeof GitCheckoutSchema>,
  ): Promise<{ commit: string | null }> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.git.checkout(ref, path));
  }

  @Operation({
    id: 'gitStatusOfSandbox',
    permission: 'sandbox',
    summary: 'Branch, commit and changes',
    answer: GitStatusSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Get('status')
  status(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: GitPathQuerySchema }) { path }: z.infer<typeof GitPathQuerySchema>,
  ): Promise<GitStatus> {
    return this.sandboxes.use(tenant, id, (sandbox) => sandbox.git.status(path));
  }

  @Operation({
    id: 'gitDiffOfSandbox',
    permission: 'sandbox',
    summary: 'Changes against the commit',
    answer: GitDiffSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Get('diff')
  diff(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: GitPathQuerySchema }) { path }: z.infer<typeof GitPathQuerySchema>,
  ): Promise<{ diff: string; truncated: boolean }> {
    return this.sandboxes.use(tenant, id, (sandbox) => sandbox.git.diff(path));
  }
}
