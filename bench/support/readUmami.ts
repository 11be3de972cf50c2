import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { minify } from 'terser'
import { withFolder } from './withFolder.ts'

const run = promisify(execFile)

const PACKAGE = 'umami@2.10.0'
const INTEGRITY =
  'sha512-+lmrnV0751R6U2rkIgVAlE1nWI7yZawlMlJDguW9tlFacCKhnGeCyc7tCMIhNNYIiGIQy4DEX5IzJhm4b3+dPA=='
const SOURCE = 'package/src/tracker/index.js'
/** In milliseconds. */
const TIME_LIMIT = 30_000

/**
 * The script of umami. Its package is the whole application with some eighty others that it depends on, and the script
 * is in there only as a source: it is fetched alone, and made smaller as umami's own build does it.
 *
 * @throws where there is neither a registry nor an earlier copy, or the package is not the one that was measured
 */
export async function readUmami(): Promise<string> {
  return withFolder(async (folder) => {
    await run(
      'npm',
      ['pack', PACKAGE, '--prefer-offline', '--ignore-scripts', '--pack-destination', folder],
      { timeout: TIME_LIMIT, shell: process.platform === 'win32' },
    )
    const archive = join(folder, `${PACKAGE.replace('@', '-')}.tgz`)
    const integrity = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`
    if (integrity !== INTEGRITY)
      throw new Error(`${PACKAGE} came with the integrity ${integrity}, expected ${INTEGRITY}`)
    await run('tar', ['-xzf', archive, '-C', folder, SOURCE], { timeout: TIME_LIMIT })
    const { code } = await minify(await readFile(join(folder, SOURCE), 'utf8'), {
      compress: { evaluate: false },
    })
    if (!code) throw new Error(`${SOURCE} of ${PACKAGE} is empty, expected a script`)
    return code
  })
}
