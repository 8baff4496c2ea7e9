export { KeptInstalls } from './kept-installs';
export { topUpCommand } from './top-up-command';
export { WarmInstall } from './warm-install';
export type { InstallSource, WarmInstallOptions } from './warm-install';
