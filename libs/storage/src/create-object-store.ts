import { join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';
import { FileObjectStore } from './file/file.store';
import type { ObjectStore } from './object-store';
import { S3ObjectStore } from './s3/s3.store';

/** The variables that say where objects lie; every app's configuration has them. */
export interface ObjectStoreConfig {
  SHOWRUNNER_HOME: string;
  S3_ENDPOINT?: string;
  S3_BUCKET: string;
  S3_REGION: string;
  S3_ACCESS_KEY_ID?: string;
  S3_SECRET_ACCESS_KEY?: string;
}

/**
 * An S3 bucket when S3_ENDPOINT is set, files below `SHOWRUNNER_HOME/objects` otherwise.
 * @throws {EnvironmentError} `invalid_configuration` when S3_ENDPOINT comes without its keys
 */
export function createObjectStore(config: ObjectStoreConfig): ObjectStore {
  if (config.S3_ENDPOINT === undefined) return new FileObjectStore(join(config.SHOWRUNNER_HOME, 'objects'));
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (!accessKeyId || !secretAccessKey) {
    throw new EnvironmentError(
      'invalid_configuration',
      'S3_ENDPOINT is set without the keys of the object store.',
      {
        remedy:
          'Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or unset S3_ENDPOINT to keep objects in files.',
      },
    );
  }
  return new S3ObjectStore({
    endpoint: config.S3_ENDPOINT,
    bucket: config.S3_BUCKET,
    region: config.S3_REGION,
    accessKeyId,
    secretAccessKey,
  });
}
