import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Deletions } from '@showrunner/service/deletions';
import { FinishDeletions } from './finish-deletions';
import type { RunLimits } from './due-runs';
import { ForgetGuests, GUEST_LIMITS } from './forget-guests';
import type { GuestLimits } from './forget-guests';
import { ForgetOldRows } from './forget-old-rows';
import { RUN_LIMITS, StorageRounds } from './storage-rounds';
import { StorageController } from './storage.controller';

@Module({ controllers: [StorageController] })
export class RetentionModule {
  static of({ guestsKeptDays, ...runLimits }: RunLimits & GuestLimits): DynamicModule {
    return {
      module: RetentionModule,
      providers: [
        { provide: RUN_LIMITS, useValue: runLimits },
        { provide: GUEST_LIMITS, useValue: { guestsKeptDays } },
        Deletions,
        FinishDeletions,
        ForgetGuests,
        ForgetOldRows,
        StorageRounds,
      ],
    };
  }
}
