import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  CreatedPreviewLinkSchema,
  CreatePreviewSchema,
  NotFoundError,
  PreviewLinkSchema,
} from '@showrunner/contracts';
import type { PreviewLink } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { previewKey, PreviewLinks } from '@showrunner/preview';
import { DATABASE, Tenant } from '@showrunner/service';
import type { z } from 'zod';
import { RUNNING_PROBLEMS, SandboxAccess } from './sandbox-access';
import { SANDBOX_OPTIONS } from './sandbox-options';
import type { SandboxOptions } from './sandbox-options';

/** Links to ports of a sandbox: signed, for a time, revocable. */
@Tag('inside sandboxes')
@Controller('api/sandboxes/:id/previews')
export class PreviewsController {
  private readonly key: Buffer;

  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(SandboxAccess) private readonly sandboxes: SandboxAccess,
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
  ) {
    this.key = previewKey(options.previewSecret);
  }

  /** The link is shown this once. */
  @Operation({
    id: 'createSandboxPreview',
    permission: 'sandbox',
    summary: 'A signed link to a port, for a time',
    answer: CreatedPreviewLinkSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Post()
  async create(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: CreatePreviewSchema }) { port, expiresInSeconds }: z.infer<typeof CreatePreviewSchema>,
  ): Promise<PreviewLink & { url: string }> {
    await this.sandboxes.resolve(tenant, id);
    const { linkId, url, createdAt, expiresAt } = await this.linksOf(tenant).issue({
      sandboxId: id,
      port,
      expiresInSeconds,
    });
    return { id: linkId, port, url, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
  }

  /** Links that still open something, newest first; without their addresses. */
  @Operation({
    id: 'listSandboxPreviews',
    permission: 'sandbox',
    summary: 'Links that still open something',
    answer: listOf(PreviewLinkSchema),
    problems: RUNNING_PROBLEMS,
  })
  @Get()
  async list(@Tenant() tenant: string, @Param('id') id: string): Promise<{ data: PreviewLink[] }> {
    await this.sandboxes.record(tenant, id);
    const links = await this.database.forTenant(tenant).previewLinks.listLive(id);
    return {
      data: links.map(({ linkId, port, createdAt, expiresAt }) => ({
        id: linkId,
        port,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      })),
    };
  }

  /** Ends it for all who hold it. @throws {NotFoundError} */
  @Operation({
    id: 'revokeSandboxPreview',
    permission: 'sandbox',
    summary: 'End a link for all who hold it',
    answer: null,
    problems: RUNNING_PROBLEMS,
  })
  @Delete(':linkId')
  @HttpCode(204)
  async revoke(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Param('linkId') linkId: string,
  ): Promise<void> {
    await this.sandboxes.record(tenant, id);
    const link = await this.database.forTenant(tenant).previewLinks.find(linkId);
    if (link?.sandboxId !== id) throw new NotFoundError('preview link', linkId);
    await this.linksOf(tenant).revoke(linkId);
  }

  private linksOf(tenant: string): PreviewLinks {
    const { previewLinks: store } = this.database.forTenant(tenant);
    return new PreviewLinks({ key: this.key, store, base: this.options.previews });
  }
}
