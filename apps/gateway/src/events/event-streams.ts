import { once } from 'node:events';
import { Inject } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { ShowrunnerEvent } from '@showrunner/contracts';
import type { Database, EventFilter } from '@showrunner/database';
import { EventBus, startOutboxPublisher } from '@showrunner/events';
import type { OutboxPublisher } from '@showrunner/events';
import { LOGGER, PLATFORM_DATABASE } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import type { Response } from 'express';
import type { RunMessage } from './run-stream';

export const EVENT_OPTIONS = Symbol('EVENT_OPTIONS');
export interface EventOptions {
  redisUrl: string;
  /** Pause between signs of life, ms. Default 15 s: proxies close connections that are silent for longer. */
  heartbeatMs?: number;
}

/** Nobody is sent what is another's: there is no stream without its owner. */
type OfTenant = EventFilter & { tenantId: string };

const HEARTBEAT_MS = 15_000;
/** A browser that lost the connection comes back after this long. */
const RETRY_MS = 1_000;

/** Publishes the outbox and streams events to clients (HTML Living Standard, section 9.2). */
export class EventStreams implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly bus: EventBus;
  private publisher: OutboxPublisher | undefined;

  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
    @Inject(EVENT_OPTIONS) private readonly options: EventOptions,
  ) {
    this.bus = new EventBus({ database, redisUrl: options.redisUrl, onError: this.note });
  }

  onApplicationBootstrap(): void {
    const { redisUrl } = this.options;
    this.publisher = startOutboxPublisher({ database: this.database, redisUrl, onError: this.note });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.publisher?.stop(), this.bus.close()]);
  }

  /** Streams a tenant's events that match until the client goes. @param afterId null: from now on */
  async send(response: Response, afterId: string | null, filter: OfTenant): Promise<void> {
    await this.answer(response, async (write, signal) => {
      for await (const event of this.bus.read(afterId, filter, signal)) {
        const { tenantId: _, ...told } = event;
        await write({ id: event.id, message: told });
      }
    });
  }

  /** A tenant's events that match, after an id, until the signal aborts or the platform shuts down. */
  follow(afterId: string, filter: OfTenant, signal: AbortSignal): AsyncIterable<ShowrunnerEvent> {
    return this.bus.read(afterId, filter, AbortSignal.any([signal, this.stopping.signal]));
  }

  /**
   * Answers with server-sent events: `work` writes them until it is done or its signal aborts, since the client left or the platform shuts
   * down. A slow reader slows it down, and never fills our memory.
   */
  async answer(
    response: Response,
    work: (write: (message: RunMessage) => Promise<void>, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    begin(response);
    const heartbeat = setInterval(
      () => response.write(': alive\n\n'),
      this.options.heartbeatMs ?? HEARTBEAT_MS,
    );
    const signal = AbortSignal.any([gone.signal, this.stopping.signal]);
    const write = async (message: RunMessage): Promise<void> => {
      if (!response.write(frameOf(message))) await once(response, 'drain', { signal }).catch(() => undefined);
    };
    try {
      await work(write, signal);
    } finally {
      clearInterval(heartbeat);
      response.end();
    }
  }

  /** Aborts when the platform shuts down. */
  get over(): AbortSignal {
    return this.stopping.signal;
  }

  private readonly note = (error: unknown): void => {
    this.logger.warn({ err: error }, 'Events wait for Redis or PostgreSQL');
  };
}

function begin(response: Response): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    // nginx buffers answers otherwise.
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${RETRY_MS}\n\n`);
}

const frameOf = ({ id, message }: RunMessage): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`;
