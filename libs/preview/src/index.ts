export { PreviewAccess, type PreviewAccessOptions, type PreviewAdmission } from './preview-access';
export {
  previewBase,
  previewUrl,
  sessionPreviewUrl,
  type PreviewBase,
  type PreviewSettings,
} from './preview-base';
export { previewHost, previewPlaceOfHost, sandboxIdOfHost, type PreviewPlace } from './preview-host';
export {
  PreviewLinks,
  type IssuedPreviewLink,
  type PreviewLinkRecord,
  type PreviewLinkStore,
} from './preview-links';
export {
  createPreviewProxy,
  createPreviewServer,
  type PreviewProxy,
  type PreviewProxyOptions,
  type PreviewTarget,
} from './preview-proxy';
export { previewKey } from './preview-token';
export { relayUpgrade } from './relay-upgrade';
