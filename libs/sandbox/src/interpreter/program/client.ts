import client from './client.py';

/**
 * One run: `python3 -I -S -c <this> <socket> <timeout in seconds or nothing> <seconds to wait for the server>`, the code on standard input. Prints the
 * frames of the server as they come. Ends with 45 when no server answers.
 */
export const CLIENT_PROGRAM = client;
export const NO_SERVER = 45;
