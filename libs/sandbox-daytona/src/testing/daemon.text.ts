import daemon from './daemon.py';

/**
 * Stands for Daytona's daemon inside a box: runs the commands of sessions as children of its own, so that what they leave behind lives on, and labels
 * their lines. Requests and events are lines of JSON on its standard streams.
 */
export const DAEMON = daemon;
