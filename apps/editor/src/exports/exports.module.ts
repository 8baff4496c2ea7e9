import { Module } from '@nestjs/common';
import { Idempotency } from '@showrunner/service';
import { ExportReconciler } from './export-reconciler';
import { ExportWorkflows } from './export-workflows';
import { ExportsController, RunExportsController } from './exports.controller';
import { ExportsService } from './exports.service';

@Module({
  controllers: [ExportsController, RunExportsController],
  providers: [Idempotency, ExportReconciler, ExportWorkflows, ExportsService],
})
export class ExportsModule {}
