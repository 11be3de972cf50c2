import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A digest of all that decides what belongs in node_modules: the lock, the workspace settings, every
 * manifest and the platform (binaries differ).
 *
 * @param {string} root
 * @returns {string} 64 hexadecimal digits
 */
export function installStamp(root) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests(root)]) {
    const content = readFileSync(join(root, file))
    hash.update(`\0${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * The package.json files of the root and of every workspace, which lie at most two folders deep.
 *
 * @param {string} root
 * @returns {string[]} paths relative to the root, sorted
 */
export function manifests(root) {
  const outer = foldersIn(root)
  const inner = outer.flatMap((folder) => foldersIn(join(root, folder)).map((name) => `${folder}/${name}`))
  return ['.', ...outer, ...inner]
    .map((folder) => (folder === '.' ? 'package.json' : `${folder}/package.json`))
    .filter((file) => existsSync(join(root, file)))
    .sort()
}

/** @param {string} folder */
function foldersIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
}
