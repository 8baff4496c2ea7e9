import bridge from './bridge.program.cjs';

/** The bridge for images with Node.js 12 or newer. Speaks frames.ts on its standard streams; ends when its input ends. */
export const NODE_BRIDGE = bridge;
