import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The repository's root, without a slash at its end. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** Every folder with TypeScript of its own, relative to the root: the workspaces and the scripts. */
export function codeFolders(root: string = repositoryRoot): string[] {
  const nested = ['packages', 'apps'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  )
  return [...nested, 'bench', 'scripts'].filter(
    (folder) => folder === 'scripts' || existsSync(join(root, folder, 'package.json')),
  )
}

/** The path of a tool that a package of the root brings, to be run by `process.execPath`. */
export function toolPath(name: string): string {
  return join(repositoryRoot, 'node_modules/.bin', name)
}
