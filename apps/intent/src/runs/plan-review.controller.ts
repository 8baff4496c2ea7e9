import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  AppError,
  InvalidInputError,
  PlanReviewSchema,
  REVIEW_UPDATE,
  ReviewPlanSchema,
} from '@showrunner/contracts';
import type { PlanReview, ReviewPlan } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { DATABASE, TEMPORAL, Tenant } from '@showrunner/service';
import type { Temporal } from '@showrunner/service';
import { z } from 'zod';
import { askWorkflow } from '../ask-workflow';

const BodySchema = z.preprocess((body) => body ?? {}, ReviewPlanSchema);

/** Somebody's word on a plan, before it is fixed. */
@Tag('runs')
@Controller('api/runs')
export class PlanReviewController {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
  ) {}

  /** For a run that was asked for with `review`, while its `review.state` is `open`. The run goes on at once. */
  @Operation({
    id: 'reviewPlan',
    permission: 'write',
    summary: 'Drop or reorder features of a plan before it is fixed, and go on',
    answer: PlanReviewSchema,
    problems: [409, 422],
  })
  @Post(':id/review')
  @HttpCode(200)
  async review(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: BodySchema }) asked: ReviewPlan,
  ): Promise<PlanReview> {
    const run = await this.database.forTenant(tenant).runs.get(id);
    if (run.review?.state !== 'open') throw notOpen(id);
    const unknown = asked.features?.find(
      (one) => !run.review?.features.some((feature) => feature.id === one),
    );
    if (unknown !== undefined)
      throw new InvalidInputError('review_feature_unknown', `The plan has no feature "${unknown}".`, {
        status: 422,
        remedy: `Name some of: ${run.review.features.map((feature) => feature.id).join(', ')}.`,
      });
    return askWorkflow<PlanReview>(this.temporal, run, REVIEW_UPDATE, asked, notOpen);
  }
}

const notOpen = (id: string): AppError =>
  new AppError('review_not_open', `The plan of run ${id} waits for nobody.`, { status: 409 });
