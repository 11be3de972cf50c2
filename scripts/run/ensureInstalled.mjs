import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { withInstallLock } from './installLock.mjs'
import { installStamp, manifests } from './installStamp.mjs'
import { pinnedNode } from './pinnedNode.mjs'
import { superviseChild } from './superviseChild.mjs'

/**
 * Installs what the lock file pins, unless that was done already for this very state of the repository.
 * Everything is said on standard error: a task's standard output may be somebody's data.
 *
 * @param {string} root
 * @returns {Promise<number>} 0, or the exit code of an install that a signal ended
 * @throws {Error} when the install fails, with what to do about it
 */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return 0
  const modules = join(root, 'node_modules')
  mkdirSync(modules, { recursive: true })
  // pnpm leaves hidden files that are not its own alone, even where it clears node_modules.
  return withInstallLock(
    join(modules, '.ciclo-install-lock'),
    () => console.error('Another script is installing the packages; waiting for it ...'),
    async () => (isInstalled(root) ? 0 : install(root)),
  )
}

/** @param {string} root */
async function install(root) {
  const stamp = installStamp(root)
  const pnpm = pinnedPnpm(root)
  console.error(`Installing the pinned packages with ${pnpm} (first run, or the pins have changed) ...`)
  const { code, stoppedBy } = await superviseChild(
    'npx',
    [
      '--yes',
      pnpm,
      'install',
      '--frozen-lockfile',
      // The tools are development dependencies: NODE_ENV=production must not leave them out.
      '--prod=false',
      // Nobody may be there to answer.
      '--config.confirmModulesPurge=false',
    ],
    { cwd: root, stdio: ['ignore', process.stderr, process.stderr], shell: process.platform === 'win32' },
  )
  if (stoppedBy !== undefined) return 128 + constants.signals[stoppedBy]
  if (code !== 0 || !existsSync(pinnedNode(root))) {
    throw new Error(
      `Installing the packages failed (exit code ${code}); the reason stands above.\n` +
        '- No network, or no package registry: check `npm ping`, then run the same command again.\n' +
        `- "frozen-lockfile": a package.json was changed without its lock; run \`npx --yes ${pnpm} install\`.\n` +
        '- Anything else: remove the folder node_modules and run the same command again.',
    )
  }
  writeFileSync(stampFile(root), stamp)
  return 0
}

/** @param {string} root */
function isInstalled(root) {
  return (
    existsSync(stampFile(root)) &&
    readFileSync(stampFile(root), 'utf8') === installStamp(root) &&
    existsSync(pinnedNode(root)) &&
    manifests(root).every((file) => hasItsModules(root, file))
  )
}

/**
 * @param {string} root
 * @param {string} manifest
 */
function hasItsModules(root, manifest) {
  const { dependencies, devDependencies } = readManifest(join(root, manifest))
  const needsSome = Object.keys({ ...dependencies, ...devDependencies }).length > 0
  return !needsSome || existsSync(join(root, dirname(manifest), 'node_modules'))
}

/** @param {string} root */
function stampFile(root) {
  return join(root, 'node_modules/.ciclo-install-stamp')
}

/** @param {string} root */
function pinnedPnpm(root) {
  const { packageManager } = readManifest(join(root, 'package.json'))
  if (packageManager === undefined || !/^pnpm@\d+\.\d+\.\d+/.test(packageManager)) {
    throw new Error(
      `package.json has packageManager ${JSON.stringify(packageManager)}, expected pnpm@<major.minor.patch>`,
    )
  }
  return packageManager
}

/**
 * @typedef {object} Manifest
 * @property {string} [packageManager]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 */

/**
 * @param {string} file
 * @returns {Manifest}
 */
function readManifest(file) {
  return /** @type {Manifest} */ (JSON.parse(readFileSync(file, 'utf8')))
}
