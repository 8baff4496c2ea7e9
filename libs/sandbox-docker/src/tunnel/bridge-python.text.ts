import bridge from './bridge.py';

/** The bridge for images with Python 3.7 or newer. Speaks frames.ts on its standard streams; ends when its input ends. */
export const PYTHON_BRIDGE = bridge;
