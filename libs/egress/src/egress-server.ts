import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { EgressJudge } from './egress-judge';
import { EgressLog } from './egress-log';
import { createEgressProxy, EgressFlows } from './egress-proxy';
import { TrafficMeter } from './traffic-meter';
import type { AllowPolicy, EgressDecision } from '@showrunner/sandbox';

/** The egress proxy of one sandbox at a unix socket, with its record of decisions and bytes in a folder. */
export class EgressServer {
  private readonly judge: EgressJudge;
  private readonly log: EgressLog;
  private readonly meter: TrafficMeter;
  private readonly flows = new EgressFlows();
  private readonly server: Server;
  private readonly open = new Set<Socket>();

  /** @throws InvalidInputError `network_host_invalid` */
  constructor(policy: AllowPolicy, folder: string) {
    this.judge = new EgressJudge(policy, undefined, (decision) => this.log.append(decision));
    this.log = new EgressLog(folder);
    this.meter = new TrafficMeter(folder);
    this.server = createEgressProxy(this.judge, this.flows);
    this.server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      this.meter.watch(socket);
      socket.once('close', () => this.open.delete(socket));
    });
  }

  get decisions(): EgressDecision[] {
    return this.judge.decisions;
  }

  async listen(path: string): Promise<void> {
    this.server.listen(path);
    await once(this.server, 'listening');
  }

  /** From now on this policy judges; what flows already and would no longer pass is cut. */
  setPolicy(policy: AllowPolicy): void {
    this.judge.setPolicy(policy);
    this.flows.cutWhat((flow) => !this.judge.stillAllows(flow.authority, flow.address));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.open) socket.destroy();
    await closed;
    this.meter.close();
    this.log.close();
  }
}
