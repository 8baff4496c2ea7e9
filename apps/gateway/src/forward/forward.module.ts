import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { FORWARD_OPTIONS, ForwardController } from './forward.controller';
import type { ForwardOptions } from './forward.controller';

@Module({ controllers: [ForwardController] })
export class ForwardModule {
  static of(options: ForwardOptions): DynamicModule {
    return {
      module: ForwardModule,
      providers: [{ provide: FORWARD_OPTIONS, useValue: options }],
    };
  }
}
