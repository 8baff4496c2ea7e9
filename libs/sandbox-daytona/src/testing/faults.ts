/** What the server does wrong, and how often. */
export interface Fault {
  /** Tried on `METHOD /path`, of the control API or, from `/toolbox/<id>` on, of a box. */
  on: RegExp;
  times: number;
  /** Answers this instead of doing anything. */
  reply?: { status: number; headers?: Record<string, string>; body?: object };
  /** Does it, and closes the connection without an answer. */
  loseAnswer?: boolean;
  /** Closes the connection before doing anything. */
  loseRequest?: boolean;
  delayMs?: number;
}

export interface StreamFault {
  times: number;
  /** Breaks the connection after so many bytes. */
  cutAfter?: number;
  /** Says nothing from here on, and keeps the connection. */
  silentAfter?: number;
  /** Sends pieces of this size, a pause of 5 ms between them. */
  pieces?: number;
  /** Answers the upgrade with a redirect to a login page unless the token is in the query. */
  redirect?: boolean;
  /** Redirects even then. */
  redirectAlways?: boolean;
}

export class Faults {
  private readonly calls: Fault[] = [];
  private readonly streams: StreamFault[] = [];

  add(fault: Fault): void {
    this.calls.push({ ...fault });
  }

  addStream(fault: StreamFault): void {
    this.streams.push({ ...fault });
  }

  clear(): void {
    this.calls.length = 0;
    this.streams.length = 0;
  }

  forCall(call: string): Fault | undefined {
    const found = this.calls.find(({ on, times }) => times > 0 && on.test(call));
    if (found !== undefined) found.times--;
    return found;
  }

  forStream(): StreamFault | undefined {
    const found = this.streams.find(({ times }) => times > 0);
    if (found !== undefined) found.times--;
    return found;
  }
}
