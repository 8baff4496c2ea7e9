import { Module } from '@nestjs/common';
import { FramesController } from './frames.controller';
import { FramesService } from './frames.service';
import { OtioController } from './otio.controller';
import { TimelinesController } from './timelines.controller';
import { TimelinesService } from './timelines.service';

@Module({
  controllers: [FramesController, OtioController, TimelinesController],
  providers: [FramesService, TimelinesService],
})
export class TimelinesModule {}
