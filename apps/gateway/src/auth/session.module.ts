import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { SessionController, SESSIONS_ENDED } from './session.controller';

@Module({ controllers: [SessionController] })
export class SessionModule {
  static of(ended: (sessionId: string) => void): DynamicModule {
    return { module: SessionModule, providers: [{ provide: SESSIONS_ENDED, useValue: ended }] };
  }
}
