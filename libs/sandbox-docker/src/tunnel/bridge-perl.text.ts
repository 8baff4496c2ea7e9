import bridge from './bridge.pl';

/**
 * The bridge for images with neither Python nor Node.js, but Perl, which every Debian has: its smallest package is enough. Speaks frames.ts
 * on its standard streams; ends when its input ends.
 */
export const PERL_BRIDGE = bridge;
