import { Module } from '@nestjs/common';
import { FramesController } from './frames.controller';
import { FramesService } from './frames.service';
import { TimelinesController } from './timelines.controller';
import { TimelinesService } from './timelines.service';

@Module({
  controllers: [FramesController, TimelinesController],
  providers: [FramesService, TimelinesService],
})
export class TimelinesModule {}
