export { ASSET_URL_PATTERN, assetUrlsIn } from './asset-urls';
export { mirrorFiles, type Mirrored } from './mirror-files';
export { MirroredAssets, type Asset } from './mirrored-assets';
export { MirrorManifestSchema, type MirrorManifest, type MirroredFile } from './mirror.types';
export { NpmRegistry, type RegistryOptions } from './npm-registry';
