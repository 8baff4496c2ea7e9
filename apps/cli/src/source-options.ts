import type { Command } from 'commander';

/** Of an option that may be given several times. */
export const collect = (value: string, values: string[]): string[] => [...values, value];

/** What opens a source, and how its app is built and started instead of what is detected. */
export const addSourceOptions = (command: Command): Command =>
  command
    .option('--token-file <file>', 'file with the token of a private repository; -: standard input')
    .option('--ssh-key-file <file>', 'file with the key that opens an SSH address; -: standard input')
    .option('--host-key <SHA256:…>', 'fingerprint of the host of an SSH address; several times', collect, [])
    .option('--subdir <dir>', 'folder of the app within the source')
    .option('--install <command>', 'how to install, instead of what is detected')
    .option('--start <command>', 'how to start, instead of what is detected')
    .option('--dockerfile <file>', 'build the app from this file, where the provider builds images')
    .option('--runtime <language@version>', 'instead of the version that the source pins, e.g. node@18')
    .option('--port <number>', 'port the app listens on')
    .option('--env <NAME=value>', 'environment of the app; may be given several times', collect, []);
