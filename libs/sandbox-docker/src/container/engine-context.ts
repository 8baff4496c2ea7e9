import type { ImageFacts, SandboxLimits } from '@showrunner/contracts';
import type { EngineClient } from '../engine/engine-client';
import type { EngineInfo } from '../engine/engine.types';
import type { Images } from '../images/images';
import type { Records } from './records';

/** What a provider and its sandboxes share. */
export interface EngineContext {
  client: EngineClient;
  installation: string;
  /** Folder of this platform for what the engine cannot keep: archives and logs of the network. */
  home: string;
  info: EngineInfo;
  /** Whether the engine's volumes can be given a size. */
  diskQuota: boolean;
  runtime?: string;
  images: Images;
  records: Records;
}

/** How a sandbox was made; kept in the labels of its container, and with its archive. */
export interface SandboxMake {
  id: string;
  image: string;
  /** What the image that was asked for says; kept, because our layer hides some of it. */
  facts?: ImageFacts;
  limits: SandboxLimits;
  environment: Record<string, string>;
  createdAt: string;
}
