import { Module } from '@nestjs/common';
import { Deletions } from '@showrunner/service/deletions';
import { FinishDeletions } from './finish-deletions';
import { ForgetOldRows } from './forget-old-rows';

@Module({ providers: [Deletions, FinishDeletions, ForgetOldRows] })
export class RetentionModule {}
