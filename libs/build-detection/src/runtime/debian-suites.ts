import type { DebianSystem } from '@showrunner/contracts';

/** What the packages of a suite of Debian bring; stable suites first, the newest before the older, then the one in the making. */
export interface DebianSuite {
  suite: DebianSystem['suite'];
  /** At least this patch release. */
  python: string;
  php: string;
  ruby: string;
  go: string;
  rust: string;
  /** Lines of OpenJDK, the usual one first. */
  java: readonly string[];
}

/** Source: packages.debian.org, of 2026-11. */
export const DEBIAN_SUITES: readonly DebianSuite[] = [
  {
    suite: 'trixie',
    python: '3.13.5',
    php: '8.4',
    ruby: '3.3',
    go: '1.24',
    rust: '1.85',
    java: ['21', '25'],
  },
  { suite: 'bookworm', python: '3.11.2', php: '8.2', ruby: '3.1', go: '1.19', rust: '1.63', java: ['17'] },
  {
    suite: 'bullseye',
    python: '3.9.2',
    php: '7.4',
    ruby: '2.7',
    go: '1.15',
    rust: '1.48',
    java: ['11', '17'],
  },
  { suite: 'forky', python: '3.14.7', php: '8.4', ruby: '3.3', go: '1.27', rust: '1.97', java: ['25', '21'] },
];

/** What compiling an add-on of a package takes. */
export const COMPILER_PACKAGES = ['gcc', 'g++', 'make', 'pkg-config'];
