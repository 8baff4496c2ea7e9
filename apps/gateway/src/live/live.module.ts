import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { ServiceDefinition } from '@showrunner/service';
import { isLivePath, LIVE_OPTIONS, LiveViews } from './live-views';
import type { LiveOptions } from './live-views';

@Module({})
export class LiveModule {
  /** @param events the module whose streams tell what is done */
  static of(options: LiveOptions, events: DynamicModule): DynamicModule {
    return {
      module: LiveModule,
      imports: [events],
      providers: [LiveViews, { provide: LIVE_OPTIONS, useValue: options }],
    };
  }
}

type Upgrade = NonNullable<ServiceDefinition['upgrade']>;

/** Takes the WebSockets of live views; all others are for `rest`. */
export const liveFirst =
  (rest: Upgrade | undefined): Upgrade =>
  (get) => {
    const live = get(LiveViews);
    const others = rest?.(get);
    return (request, socket, head) =>
      isLivePath(request.url) || others === undefined
        ? live.upgrade(request, socket, head)
        : others(request, socket, head);
  };
