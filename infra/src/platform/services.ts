/** Services that the server runs as one, or each by itself where SHOWRUNNER_COMPONENTS names them. */
export const SERVICES = ['gateway', 'project', 'sandbox', 'intent', 'editor'] as const;
