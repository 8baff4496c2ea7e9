import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { PREVIEW_OPTIONS, PreviewListener } from './preview-listener';
import type { PreviewOptions } from './preview-listener';

@Module({})
export class PreviewsModule {
  static of(options: PreviewOptions): DynamicModule {
    return {
      module: PreviewsModule,
      providers: [PreviewListener, { provide: PREVIEW_OPTIONS, useValue: options }],
    };
  }
}
