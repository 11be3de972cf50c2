import { join } from 'node:path'

/**
 * The path of the Node binary that the npm package `node` brings.
 *
 * @param {string} root
 * @returns {string}
 */
export function pinnedNode(root) {
  return join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
}
