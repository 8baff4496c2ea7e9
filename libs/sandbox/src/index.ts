export type * from './sandbox.types';
export { LocalSandboxProvider, type LocalSandboxProviderOptions } from './local/local.provider';
export {
  createPreviewProxy,
  createPreviewServer,
  type PreviewProxy,
  type PreviewProxyOptions,
  type PreviewTarget,
} from './preview/preview-proxy';
export { sandboxIdOfHost } from './preview/preview-host';
export { PROXY_ENVIRONMENT } from './egress/proxy-environment';
