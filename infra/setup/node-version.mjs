const minimum = [20, 19];

export const minimumNodeVersion = minimum.join('.');

/** @param {string} version such as `20.20.2` */
export function nodeIsNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = minimum;
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}
