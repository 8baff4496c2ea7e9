import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { EventsController } from './events.controller';
import { EVENT_OPTIONS, EventStreams } from './event-streams';
import type { EventOptions } from './event-streams';
import { RunEvents } from './run-events';
import { RunSockets } from './run-sockets';

@Module({ controllers: [EventsController] })
export class EventsModule {
  static of(options: EventOptions): DynamicModule {
    return {
      module: EventsModule,
      providers: [EventStreams, RunEvents, RunSockets, { provide: EVENT_OPTIONS, useValue: options }],
      exports: [EventStreams, RunSockets],
    };
  }
}
