export type * from './sandbox.types';
export type * from './files/files.types';
export type * from './git/git.types';
export type * from './interpreter/interpreter.types';
export { LocalSandboxProvider, type LocalSandboxProviderOptions } from './local/local.provider';
export {
  createPreviewProxy,
  createPreviewServer,
  type PreviewProxy,
  type PreviewProxyOptions,
  type PreviewTarget,
} from './preview/preview-proxy';
export { previewHost, previewPlaceOfHost, sandboxIdOfHost, type PreviewPlace } from './preview/preview-host';
export { PreviewAccess, type PreviewAccessOptions, type PreviewAdmission } from './preview/preview-access';
export {
  PreviewLinks,
  type IssuedPreviewLink,
  type PreviewLinkRecord,
  type PreviewLinkStore,
} from './preview/preview-links';
export { quoted } from './exec/quoted';
export { relayUpgrade } from './preview/relay-upgrade';
export { previewKey } from './preview/preview-token';
export { PROXY_ENVIRONMENT } from './egress/proxy-environment';
export { reapSandboxes } from './reap-sandboxes';
export { checkBranch, parseGitUrl } from './git/git-url';
export {
  openSandboxProvider,
  sandboxProviders,
  sandboxSettings,
  type OpenProvider,
  type SandboxSettings,
  type SandboxVariables,
} from './open-provider';
