import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './ensureInstalled.mjs'
import { pinnedNode } from './pinnedNode.mjs'
import { superviseChild } from './superviseChild.mjs'

/**
 * Node keeps what it has compiled, TypeScript included: a start takes a quarter less from the second time on.
 *
 * @param {string} root
 */
const withCompileCache = (root) => ({
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile'),
  ...process.env,
})

/**
 * Runs `scripts/tasks/<task>.ts` on the pinned Node, after making sure that what is pinned is installed.
 *
 * @param {URL} rootUrl the repository's root, ending in a slash
 * @param {string[]} commandLine the task's name and its arguments
 * @returns {Promise<number>} the exit code: the task's own, 128 + n when signal n ended it, 1 when it did not start
 */
export async function runTask(rootUrl, commandLine) {
  const root = fileURLToPath(rootUrl)
  const [task, ...args] = commandLine
  const known = readdirSync(join(root, 'scripts/tasks'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))

  if (task === undefined || !known.includes(task)) {
    console.error(`Unknown task ${JSON.stringify(task ?? '')}: expected one of ${known.join(', ')}.`)
    return 1
  }

  try {
    const installed = await ensureInstalled(root)
    if (installed !== 0) return installed
    const { code } = await superviseChild(
      pinnedNode(root),
      [
        '--import',
        new URL('scripts/run/endWithParent.mjs', rootUrl).href,
        join(root, 'scripts/tasks', `${task}.ts`),
        ...args,
      ],
      { cwd: root, stdio: 'inherit', env: withCompileCache(root) },
    )
    return code
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}
