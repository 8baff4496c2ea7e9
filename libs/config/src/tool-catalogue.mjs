/**
 * Programs of the machine that the product uses. Plain JavaScript, because set-up and `doctor` read it before any dependency is installed.
 *
 * @typedef {'chromium' | 'ffmpeg' | 'ffprobe' | 'redis-server' | 'bwrap' | 'temporal' | 'git' | 'setpriv' | 'flock' | 'nsenter'
 *   | 'mkfs.ext4' | 'mmdebstrap' | 'python3' | 'hibari' | 'espeak-ng'} ToolName
 *
 * @typedef {object} ToolDescription
 * @property {ToolName} name
 * @property {string} [setting] environment variable that names the program's path; it wins over everything else
 * @property {readonly string[]} commands names to look for on PATH, best first
 * @property {'ffmpeg-static'} [bundledIn] npm package that may carry the program
 * @property {boolean} [insideSandbox] runs inside sandboxes, which see of the machine's programs only those below /usr
 * @property {readonly string[]} versionArguments
 * @property {string} purpose what it is for, as the end of "needed to …"
 * @property {boolean} required without it the product cannot film
 * @property {string} [debianPackage]
 * @property {boolean} [installedBySetup] `npm run setup` brings it
 */

/** @type {readonly ToolDescription[]} */
export const toolCatalogue = [
  {
    name: 'chromium',
    setting: 'CHROMIUM_PATH',
    commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    versionArguments: ['--version'],
    purpose: 'drive and film the app',
    required: true,
    debianPackage: 'chromium',
  },
  {
    name: 'ffmpeg',
    setting: 'FFMPEG_PATH',
    commands: ['ffmpeg'],
    bundledIn: 'ffmpeg-static',
    versionArguments: ['-hide_banner', '-version'],
    purpose: 'render the video',
    required: true,
    debianPackage: 'ffmpeg',
  },
  {
    name: 'ffprobe',
    setting: 'FFPROBE_PATH',
    commands: ['ffprobe'],
    versionArguments: ['-hide_banner', '-version'],
    purpose: 'measure the video',
    required: true,
    debianPackage: 'ffmpeg',
  },
  {
    name: 'redis-server',
    setting: 'REDIS_SERVER_PATH',
    commands: ['redis-server'],
    versionArguments: ['--version'],
    purpose: 'carry events between the processes',
    required: true,
    debianPackage: 'redis-server',
  },
  {
    name: 'bwrap',
    setting: 'BWRAP_PATH',
    commands: ['bwrap'],
    versionArguments: ['--version'],
    purpose: 'isolate the sandboxes',
    required: true,
    debianPackage: 'bubblewrap',
  },
  {
    name: 'temporal',
    setting: 'TEMPORAL_CLI_PATH',
    commands: ['temporal'],
    versionArguments: ['--version'],
    purpose: 'run the workflow server and its Web UI',
    required: true,
    installedBySetup: true,
  },
  {
    name: 'git',
    commands: ['git'],
    insideSandbox: true,
    versionArguments: ['--version'],
    purpose: 'fetch sources inside a sandbox',
    required: true,
    debianPackage: 'git',
  },
  {
    name: 'setpriv',
    commands: ['setpriv'],
    versionArguments: ['--version'],
    purpose: 'tie the processes of the platform to their supervisor',
    required: true,
    debianPackage: 'util-linux',
  },
  {
    name: 'flock',
    commands: ['flock'],
    versionArguments: ['--version'],
    purpose: 'keep a second platform from starting in the same data folder',
    required: true,
    debianPackage: 'util-linux',
  },
  {
    name: 'nsenter',
    commands: ['nsenter'],
    versionArguments: ['--version'],
    purpose: 'run commands inside a sandbox',
    required: true,
    debianPackage: 'util-linux',
  },
  {
    name: 'mkfs.ext4',
    commands: ['mkfs.ext4'],
    versionArguments: ['-V'],
    purpose: 'limit the disk of a sandbox',
    required: false,
    debianPackage: 'e2fsprogs',
  },
  {
    name: 'mmdebstrap',
    commands: ['mmdebstrap'],
    versionArguments: ['--version'],
    purpose: 'bring the versions of Python that apps ask for',
    required: false,
    debianPackage: 'mmdebstrap',
  },
  {
    name: 'python3',
    commands: ['python3'],
    insideSandbox: true,
    versionArguments: ['--version'],
    purpose: 'unpack sources inside a sandbox and build Python apps',
    required: true,
    debianPackage: 'python3',
  },
  {
    name: 'hibari',
    setting: 'HIBARI_PATH',
    commands: ['hibari'],
    versionArguments: ['--version'],
    purpose: 'speak the words of English films',
    required: false,
    installedBySetup: true,
  },
  {
    name: 'espeak-ng',
    setting: 'ESPEAK_PATH',
    commands: ['espeak-ng'],
    versionArguments: ['--version'],
    purpose: 'speak the words of films in any language',
    required: false,
    debianPackage: 'espeak-ng',
  },
];
