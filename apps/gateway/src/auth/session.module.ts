import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { SessionController, SESSIONS_ENDED } from './session.controller';

@Module({ controllers: [SessionController] })
export class SessionModule {
  /** @param accounts who knows the sessions of people */
  static of(ended: (sessionId: string) => void, accounts: DynamicModule): DynamicModule {
    return {
      module: SessionModule,
      imports: [accounts],
      providers: [{ provide: SESSIONS_ENDED, useValue: ended }],
    };
  }
}
