export { createObjectStore } from './create-object-store';
export type { ObjectStoreConfig } from './create-object-store';
export type {
  ByteRange,
  ListedObject,
  ObjectBody,
  ObjectHead,
  ObjectStore,
  StoredObject,
} from './object-store';
export { FileObjectStore } from './file/file.store';
export { parseRangeHeader } from './byte-range';
export { safeFileName } from './object-key';
export { contentTypeOf } from './content-type';
