import { Controller, Delete, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import { LiveViews } from '../live-views';
import { MOST_OFFER_BYTES } from './offer';

const SDP = 'application/sdp';

/** A run while it is filmed, as a video for players that speak WHEP (WebRTC-HTTP Egress Protocol, draft-ietf-wish-whep). */
@Tag('runs')
@Controller('api/runs/:id/whep')
export class WhepController {
  constructor(@Inject(LiveViews) private readonly live: LiveViews) {}

  @Operation({
    id: 'playRun',
    permission: 'read',
    summary:
      'Take the live video of a run by WebRTC: an SDP offer in, the answer out, and the address of this player in Location',
    body: { media: [SDP] },
    answer: { media: [SDP] },
    problems: [400, 404, 409, 413, 415, 429],
  })
  @Post()
  async play(
    @Tenant() tenantId: string,
    @Param('id') runId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { viewerId, answer } = await this.live.answerPlayer({ tenantId, runId }, await offerOf(request));
    response
      .status(201)
      .setHeader('Location', `/api/runs/${encodeURIComponent(runId)}/whep/${viewerId}`)
      .type(SDP)
      .send(answer);
  }

  /** A player that goes without this is given up a while later. */
  @Operation({
    id: 'endPlayer',
    permission: 'read',
    summary: 'End the live video of one player',
    answer: null,
    problems: [404],
  })
  @Delete(':viewerId')
  @HttpCode(204)
  end(@Tenant() tenantId: string, @Param('id') runId: string, @Param('viewerId') viewerId: string): void {
    this.live.endPlayer({ tenantId, runId }, viewerId);
  }
}

/** @throws {AppError} `unsupported_media_type` (415), `too_large` (413) */
async function offerOf(request: Request): Promise<string> {
  if (request.is(SDP) === false)
    throw new AppError(
      'unsupported_media_type',
      `The body is ${request.headers['content-type'] ?? 'of no declared type'}.`,
      { status: 415, remedy: `Send it as ${SDP}.` },
    );
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_OFFER_BYTES)
      throw new AppError('too_large', `The body is larger than ${MOST_OFFER_BYTES} bytes.`, {
        status: 413,
        remedy: 'Offer to receive one video and nothing else.',
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
