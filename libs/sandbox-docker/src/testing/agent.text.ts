import agent from './agent.program.cjs';

/**
 * What runs the execs of a container of the loopback engine, inside the local sandbox that stands for it: plain child processes, which nobody
 * ends or limits, as an engine's are. Frames of tunnel/frames.ts: 1 start, 2 input, 3 end of input; 4 stdout, 5 stderr, 6 exited, 7 closed;
 * 8 pause, 9 resume.
 */
export const AGENT = agent;
