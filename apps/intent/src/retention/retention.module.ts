import { Module } from '@nestjs/common';
import { ForgetOldRows } from './forget-old-rows';

@Module({ providers: [ForgetOldRows] })
export class RetentionModule {}
