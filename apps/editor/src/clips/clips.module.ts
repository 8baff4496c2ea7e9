import { Module } from '@nestjs/common';
import { ClipsController, RunClipsController } from './clips.controller';
import { ClipsService } from './clips.service';

@Module({ controllers: [ClipsController, RunClipsController], providers: [ClipsService] })
export class ClipsModule {}
