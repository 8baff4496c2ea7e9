import { pipeline } from 'node:stream/promises';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  AppError,
  FileListQuerySchema,
  FileListSchema,
  FilePathQuerySchema,
  FileStatSchema,
  InvalidInputError,
  MakeDirectorySchema,
  MAX_ARCHIVE_BYTES,
  WriteFileQuerySchema,
} from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import type { FileStat } from '@showrunner/sandbox';
import { Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { clientGone } from './client-gone';
import { bodyAsTar } from './body-as-tar';
import { RUNNING_PROBLEMS, SandboxAccess } from './sandbox-access';

/** A file that is answered whole; larger ones come as a tar stream. */
const MAX_READ_BYTES = 16 * 1024 * 1024;
const MAX_DOWNLOAD_BYTES = 1024 ** 3;

type PathQuery = z.infer<typeof FilePathQuerySchema>;

/** Files of a running sandbox. Uploads and downloads are streamed through, never held whole. */
@Tag('inside sandboxes')
@Controller('api/sandboxes/:id/files')
export class FilesController {
  constructor(@Inject(SandboxAccess) private readonly sandboxes: SandboxAccess) {}

  /** The bytes of a file of at most 16 MiB. */
  @Operation({
    id: 'readSandboxFile',
    permission: 'sandbox',
    summary: 'A file of at most 16 MiB',
    answer: { media: ['application/octet-stream'] },
    problems: [...RUNNING_PROBLEMS, 413],
  })
  @Get()
  async read(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: FilePathQuerySchema }) { path }: PathQuery,
    @Res() response: Response,
  ): Promise<void> {
    const bytes = await this.sandboxes.use(tenant, id, (sandbox) => sandbox.files.read(path, MAX_READ_BYTES));
    response
      .set({ 'Content-Type': 'application/octet-stream', 'Content-Disposition': 'attachment' })
      .send(bytes);
  }

  /** Writes the body to a file, as it comes. */
  @Operation({
    id: 'writeSandboxFile',
    permission: 'sandbox',
    summary: 'Write the body, at most 100 MB, to a file',
    body: { media: ['application/octet-stream'] },
    answer: null,
    problems: [...RUNNING_PROBLEMS, 411, 413],
  })
  @Put()
  @HttpCode(204)
  async write(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: WriteFileQuerySchema }) { path, mode }: z.infer<typeof WriteFileQuerySchema>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const length = contentLength(request);
    const signal = clientGone(response);
    await this.sandboxes.change(tenant, id, (sandbox) => {
      const { folder, tar } = bodyAsTar(request, { path, length, mode: Number.parseInt(mode ?? '644', 8) });
      return sandbox.files.upload(folder, tar, { maxBytes: MAX_ARCHIVE_BYTES + 1024 * 1024, signal });
    });
  }

  @Operation({
    id: 'removeSandboxFile',
    permission: 'sandbox',
    summary: 'Remove a file or a folder',
    answer: null,
    problems: RUNNING_PROBLEMS,
  })
  @Delete()
  @HttpCode(204)
  remove(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: FilePathQuerySchema }) { path }: PathQuery,
  ): Promise<void> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.files.remove(path));
  }

  @Operation({
    id: 'listSandboxFiles',
    permission: 'sandbox',
    summary: 'What lies in a folder',
    answer: FileListSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Get('list')
  list(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: FileListQuerySchema }) { path, ...options }: z.infer<typeof FileListQuerySchema>,
  ): Promise<{ entries: FileStat[]; truncated: boolean }> {
    return this.sandboxes.use(tenant, id, (sandbox) => sandbox.files.list(path, options));
  }

  /** @throws {AppError} `file_not_found` (404) */
  @Operation({
    id: 'statSandboxFile',
    permission: 'sandbox',
    summary: 'About a file',
    answer: FileStatSchema,
    problems: RUNNING_PROBLEMS,
  })
  @Get('stat')
  async stat(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: FilePathQuerySchema }) { path }: PathQuery,
  ): Promise<FileStat> {
    const stat = await this.sandboxes.use(tenant, id, (sandbox) => sandbox.files.stat(path));
    if (stat !== undefined) return stat;
    throw new AppError('file_not_found', `There is no ${path} in the sandbox.`, {
      status: 404,
      remedy: 'List the folder above it to see what there is.',
    });
  }

  @Operation({
    id: 'makeSandboxDirectory',
    permission: 'sandbox',
    summary: 'Make a folder and those above it',
    answer: null,
    problems: RUNNING_PROBLEMS,
  })
  @Post('directory')
  @HttpCode(204)
  makeDirectory(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: MakeDirectorySchema }) { path }: PathQuery,
  ): Promise<void> {
    return this.sandboxes.change(tenant, id, (sandbox) => sandbox.files.makeDirectory(path));
  }

  /** Unpacks a tar or tar.gz of at most 100 MB under a folder, as it comes. */
  @Operation({
    id: 'uploadSandboxFiles',
    permission: 'sandbox',
    summary: 'Unpack a tar or tar.gz of at most 100 MB under a folder',
    body: { media: ['application/x-tar', 'application/gzip'] },
    answer: null,
    problems: [...RUNNING_PROBLEMS, 411, 413],
  })
  @Post('upload')
  @HttpCode(204)
  async upload(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: FilePathQuerySchema }) { path }: PathQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    if (Number(request.headers['content-length'] ?? 0) > MAX_ARCHIVE_BYTES) throw tooLarge();
    const signal = clientGone(response);
    await this.sandboxes.change(tenant, id, (sandbox) =>
      sandbox.files.upload(path, request, { maxBytes: MAX_ARCHIVE_BYTES, signal }),
    );
  }

  /** A folder as tar.gz. */
  @Operation({
    id: 'downloadSandboxFiles',
    permission: 'sandbox',
    summary: 'A folder as tar.gz',
    answer: { media: ['application/gzip'] },
    problems: RUNNING_PROBLEMS,
  })
  @Get('download')
  async download(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Query({ schema: FilePathQuerySchema }) { path }: PathQuery,
    @Res() response: Response,
  ): Promise<void> {
    const signal = clientGone(response);
    await this.sandboxes.use(tenant, id, async (sandbox) => {
      const stream = await sandbox.files.download(path, { maxBytes: MAX_DOWNLOAD_BYTES, signal });
      response.set({
        'Content-Type': 'application/gzip',
        'Content-Disposition': 'attachment; filename="files.tar.gz"',
      });
      await pipeline(stream, response);
    });
  }
}

/** @throws {InvalidInputError} `length_required` (411), `file_too_large` (413) */
function contentLength(request: Request): number {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (!Number.isInteger(length)) {
    throw new InvalidInputError('length_required', 'The request does not say how long its body is.', {
      status: 411,
      remedy: 'Send Content-Length, or a tar stream to files/upload.',
    });
  }
  if (length > MAX_ARCHIVE_BYTES) throw tooLarge();
  return length;
}

const tooLarge = (): InvalidInputError =>
  new InvalidInputError(
    'file_too_large',
    `At most ${MAX_ARCHIVE_BYTES / 1024 ** 2} MB can be sent at once.`,
    {
      status: 413,
      remedy: 'Send it in parts, or fetch it from inside with a network policy.',
    },
  );
