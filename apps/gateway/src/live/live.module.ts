import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { WhepController } from './webrtc/whep.controller';
import { LIVE_OPTIONS, LiveViews } from './live-views';
import type { LiveOptions } from './live-views';

@Module({ controllers: [WhepController] })
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
