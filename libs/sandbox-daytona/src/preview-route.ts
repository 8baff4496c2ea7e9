import type { Sandbox as Box } from '@daytonaio/sdk';
import type { PortRoute } from '@showrunner/sandbox';
import type { DaytonaConnection } from './daytona-connection';
import { refusalOf, sandboxLost } from './daytona-errors';

/** Tokens change when a box starts, which another process may do: an old one is used no longer than this. */
const FRESH_MS = 5000;

/** URL and token of the ports of one box. */
export class PreviewRoutes {
  private readonly known = new Map<number, { until: number; route: Promise<PortRoute> }>();

  constructor(
    private readonly id: string,
    private readonly box: Box,
    private readonly connection: DaytonaConnection,
  ) {}

  route(port: number): Promise<PortRoute> {
    const known = this.known.get(port);
    if (known !== undefined && known.until > Date.now()) return known.route;
    const route = this.ask(port);
    this.known.set(port, { until: Date.now() + FRESH_MS, route });
    route.catch(() => this.known.delete(port));
    return route;
  }

  /** After a start the tokens are others. */
  forget(): void {
    this.known.clear();
  }

  private async ask(port: number): Promise<PortRoute> {
    const link = await this.connection.call('tell the URL of a port', () =>
      this.box.getPreviewLink(port).catch((error: unknown) => {
        throw refusalOf(error).status === 404 ? sandboxLost(this.id) : error;
      }),
    );
    return {
      kind: 'origin',
      url: new URL(link.url),
      headers: {
        'x-daytona-preview-token': link.token,
        // Its page that warns people of what others built; our previews have signed links of their own.
        'x-daytona-skip-preview-warning': 'true',
      },
    };
  }
}
