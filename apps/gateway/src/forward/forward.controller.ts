import { All, Controller, Inject, NotFoundException, Req, Res } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { InvalidInputError } from '@showrunner/contracts';
import { AskedWhereAnswered } from '@showrunner/service';
import type { Request, Response } from 'express';
import { Forwarder } from './forwarder';
import { serviceOfPath } from './service-of-path';
import type { InnerService } from './service-of-path';

export const FORWARD_OPTIONS = Symbol('FORWARD_OPTIONS');
export interface ForwardOptions {
  internalToken: string;
  services: Record<InnerService, URL>;
  /** How long a request waits for a service that is being started again, ms. */
  patienceMs?: number;
}

@AskedWhereAnswered()
@Controller()
export class ForwardController implements OnModuleDestroy {
  private readonly forwarder: Forwarder;

  constructor(@Inject(FORWARD_OPTIONS) private readonly options: ForwardOptions) {
    this.forwarder = new Forwarder(options);
  }

  /** Everything below /api that the gateway does not answer itself. */
  @All('api/*rest')
  async forward(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (!request.originalUrl.startsWith('/')) {
      throw new InvalidInputError('bad_path', 'The address of the request is not a path.');
    }
    const service = serviceOfPath(request.path);
    if (service === null) throw new NotFoundException();
    await this.forwarder.forward(request, response, this.options.services[service]);
  }

  onModuleDestroy(): void {
    this.forwarder.close();
  }
}
