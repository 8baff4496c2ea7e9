import unpack from './unpack.py';

/**
 * Unpacks an archive inside the sandbox: `python3 -I -c <this> <file> <folder> <limits as JSON>`; one line of JSON on stdout:
 * `{"entries": n, "bytes": n}` or `{"code": "...", "message": "..."}`. Standard library only. Every entry is checked before anything
 * of it is written; sizes are counted while data is read, never believed. Links are made last, so that no file is written through one.
 */
export const UNPACK_SCRIPT = unpack;
