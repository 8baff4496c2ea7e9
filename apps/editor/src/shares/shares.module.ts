import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { SharesController } from './shares.controller';
import { SHARE_OPTIONS, SharesService } from './shares.service';
import type { ShareOptions } from './shares.service';

@Module({ controllers: [SharesController] })
export class SharesModule {
  static of(options: ShareOptions): DynamicModule {
    return {
      module: SharesModule,
      providers: [SharesService, { provide: SHARE_OPTIONS, useValue: options }],
    };
  }
}
