import { Catch, HttpException, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import type { Logger } from '@showrunner/telemetry';
import type { Request, Response } from 'express';
import { allowedMethods } from '../http/allowed-methods';
import { requestIdOf } from '../http/request-log';
import { isGone } from '../http/stream-errors';
import { sendProblem } from './send-problem';

/** Every error of a service leaves it here, as problem details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = thrown instanceof NotFoundException ? asUnknownRoute(request, response) : thrown;
    const facts = { err: error, requestId: requestIdOf(request), path: request.path };
    if (isGone(request, response)) this.logger.debug(facts, 'A client left before its answer');
    else if (statusOf(error) >= 500) this.logger.error(facts, 'A request failed');
    if (response.headersSent) {
      // The answer has begun; cutting it off is the only way to say that it is not whole.
      response.destroy();
      return;
    }
    sendProblem(request, response, error);
  }
}

/** Nest itself only says "not found" when no route matched: then the method may be what is wrong. */
function asUnknownRoute(request: Request, response: Response): AppError {
  const methods = allowedMethods(request);
  if (methods.length === 0) {
    return new AppError('unknown_route', `There is nothing at ${request.path}.`, {
      status: 404,
      remedy: 'See /api/openapi.json for what there is.',
    });
  }
  response.setHeader('Allow', methods.join(', '));
  return new AppError('method_not_allowed', `${request.method} is not possible at ${request.path}.`, {
    status: 405,
    remedy: `Use ${methods.join(' or ')}.`,
  });
}

function statusOf(error: unknown): number {
  if (error instanceof AppError) return error.status;
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : 500;
}
