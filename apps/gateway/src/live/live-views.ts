import { Inject } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { AppError, LiveStateSchema, NotFoundError, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { connectFrames, sessionKey } from '@showrunner/frame-stream';
import type { StreamOperation } from '@showrunner/openapi';
import { DATABASE, LOGGER, requirePermission, tenantOf } from '@showrunner/service';
import type { OnUpgrade, Resources } from '@showrunner/service';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { EventStreams } from '../events/event-streams';
import { requireTool } from '@showrunner/config';
import { LiveRun } from './live-run';
import { LiveViewer } from './live-viewer';
import { LiveVideo } from './webrtc/live-video';
import type { WebRtcAddress } from './webrtc/video-peer';

export const LIVE_OPTIONS = Symbol('LIVE_OPTIONS');
export interface LiveOptions {
  /** From which the key of each session is derived. */
  internalToken: string;
  /** Where players reach the video that goes by WebRTC. */
  webRtc: WebRtcAddress;
}

/** Who takes the video beside it wants no pictures here. */
const WITHOUT_PICTURES = /[?&]pictures=off(?:&|$)/;
const PATH = /^\/api\/runs\/([\w-]{1,100})\/live(?:\?|$)/;
const PING_EVERY_MS = 20_000;
/** Players of one run by WebRTC: each costs its packets encrypted. */
const MOST_PLAYERS = 50;

/** How it stands in the OpenAPI document. */
export const liveStream: StreamOperation = {
  path: '/api/runs/{id}/live',
  id: 'watchRun',
  tag: 'runs',
  summary:
    'See a run while it is filmed: pictures as binary messages (8 bytes of time, then a JPEG; none with ?pictures=off), what is done as text; who is slow is left pictures out',
  permission: 'read',
  subprotocol: 'showrunner',
  receives: z.never(),
  sends: LiveStateSchema,
  problems: [409],
};

export interface RunOfTenant {
  tenantId: string;
  runId: string;
}
const keyOf = (tenantId: string, runId: string): string => `${tenantId} ${runId}`;

export const isLivePath = (url: string | undefined): boolean => PATH.test(url ?? '');

/** Runs that are watched now: over WebSockets at `/api/runs/{id}/live`, and as videos by WebRTC. */
export class LiveViews implements OnModuleDestroy {
  private readonly runs = new Map<string, LiveRun>();
  private readonly videos = new Map<string, LiveVideo>();
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: 1024,
    // Pictures are compressed already.
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(liveStream.subprotocol) ? liveStream.subprotocol : false),
  });

  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
    @Inject(EventStreams) private readonly events: EventStreams,
    @Inject(LIVE_OPTIONS) private readonly options: LiveOptions,
  ) {}

  onModuleDestroy(): void {
    for (const run of this.runs.values()) run.close('the platform shuts down');
    for (const client of this.server.clients) client.terminate();
  }

  /** @throws {AppError} `permission_missing` (403), `not_found` (404), `run_ended` (409) */
  readonly upgrade: OnUpgrade = async (request, socket, head) => {
    const runId = PATH.exec(request.url ?? '')?.[1] ?? '';
    requirePermission(request, liveStream.permission);
    const tenantId = tenantOf(request);
    await this.requireGoingOn(tenantId, runId);
    const wantsPictures = !WITHOUT_PICTURES.test(request.url ?? '');
    this.server.handleUpgrade(request, socket, head, (client) =>
      this.show(client, wantsPictures, { tenantId, runId }),
    );
  };

  /**
   * Gives the video of a run to one more player.
   * @param offer of the player, SDP
   * @returns the answer, SDP
   * @throws {AppError} `bad_sdp` (400), `not_found` (404), `run_ended` (409), `too_many_viewers` (429), `missing_tool` without ffmpeg
   */
  async answerPlayer(
    { tenantId, runId }: RunOfTenant,
    offer: string,
  ): Promise<{ viewerId: string; answer: string }> {
    await this.requireGoingOn(tenantId, runId);
    const key = keyOf(tenantId, runId);
    const video = this.videos.get(key) ?? this.beginVideo(key, tenantId, runId);
    if (video.size >= MOST_PLAYERS)
      throw new AppError('too_many_viewers', `${MOST_PLAYERS} players take the video of this run already.`, {
        status: 429,
        remedy: `Look on over the WebSocket at ${liveStream.path}, or when another has gone.`,
      });
    return video.add(offer);
  }

  /** @throws {NotFoundError} */
  endPlayer({ tenantId, runId }: RunOfTenant, viewerId: string): void {
    const video = this.videos.get(keyOf(tenantId, runId));
    if (video === undefined) throw new NotFoundError('viewer', viewerId);
    video.remove(viewerId);
  }

  private async requireGoingOn(tenantId: string, runId: string): Promise<void> {
    const { state } = await this.database.forTenant(tenantId).runs.get(runId);
    if (TERMINAL_RUN_STATES.includes(state))
      throw new AppError('run_ended', `Run ${runId} has ended already: it is ${state}.`, {
        status: 409,
        remedy: 'Its film, if there is one, is at GET /api/runs/{id}/artifacts.',
      });
  }

  private beginVideo(key: string, tenantId: string, runId: string): LiveVideo {
    const run = this.runOf(tenantId, runId);
    const video: LiveVideo = new LiveVideo({
      ffmpegPath: requireTool('ffmpeg').path,
      address: this.options.webRtc,
      onIdle: () => {
        this.videos.delete(key);
        run.remove(video);
      },
      onNote: (error) => this.logger.warn({ err: error, runId }, 'A live video ended'),
    });
    this.videos.set(key, video);
    run.add(video);
    return video;
  }

  private runOf(tenantId: string, runId: string): LiveRun {
    const key = keyOf(tenantId, runId);
    return this.runs.get(key) ?? this.begin(key, tenantId, runId);
  }

  private show(client: WebSocket, wantsPictures: boolean, { tenantId, runId }: RunOfTenant): void {
    const run = this.runOf(tenantId, runId);
    const viewer = new LiveViewer(client, wantsPictures);
    let isAlive = true;
    const ping = setInterval(() => {
      // One that is away without a word takes nothing, and says nothing.
      if (!isAlive) return client.terminate();
      isAlive = false;
      client.ping();
    }, PING_EVERY_MS);
    client.on('pong', () => (isAlive = true));
    client.on('error', () => client.terminate());
    client.on('close', () => {
      clearInterval(ping);
      run.remove(viewer);
    });
    run.add(viewer);
  }

  private begin(key: string, tenantId: string, runId: string): LiveRun {
    const { sessions } = this.database.forTenant(tenantId);
    const run: LiveRun = new LiveRun(
      {
        events: (signal) => this.events.follow('0', { tenantId, runId }, signal),
        connect: async (onMessage) => {
          const session = await sessions.newestOf(runId);
          if (session === null) return null;
          const { sessionId, workerAddress: worker } = session;
          const sessionsKey = sessionKey(this.options.internalToken, sessionId);
          return connectFrames({ worker, sessionId, key: sessionsKey, stream: 'live' }, onMessage);
        },
        onNote: (error) =>
          this.logger.debug({ err: error, runId }, 'A run that is watched has no picture now'),
      },
      () => {
        if (this.runs.get(key) === run) this.runs.delete(key);
      },
    );
    this.runs.set(key, run);
    return run;
  }
}
