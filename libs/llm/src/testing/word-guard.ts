import type { Guard } from '../guard';

/** A guard that knows a few English words; the product's own is made of the rules' words. */
export const wordGuard: Guard = {
  isForbidden: (name, permittedBy) => {
    const kinds = [/\b(delete|remove|erase)\b/i, /\b(pay|buy|checkout)\b/i, /\b(log|sign) ?out\b/i];
    return kinds.some((kind) => kind.test(name) && !kind.test(permittedBy));
  },
  leavesApp: (href) => href !== undefined && !/^[/#?]/.test(href),
};
