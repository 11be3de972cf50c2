import { chmod, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { installStamp } from '../../run/installStamp.mjs'
import { repositoryRoot } from '../../support/repository.ts'

export type Repository = {
  root: string
  write: (path: string, content: string) => Promise<void>
  /** Notes the present state as installed. */
  stamp: () => Promise<void>
}

/** A folder of its own with the given files, gone after the test. */
export async function makeFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'ciclo-scripts-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  await Promise.all(Object.entries(files).map(([path, content]) => writeInto(folder, path, content)))
  return folder
}

/** A small repository with the real `scripts/run.mjs`, the given tasks, and this Node as the pinned one. */
export async function makeRepository(tasks: Readonly<Record<string, string>>): Promise<Repository> {
  const root = await makeFolder({
    'package.json': JSON.stringify({
      type: 'module',
      packageManager: 'pnpm@1.2.3',
      scripts: Object.fromEntries(
        Object.keys(tasks).map((task) => [task, `exec node scripts/run.mjs ${task}`]),
      ),
    }),
    'packages/one/package.json': '{}',
    'pnpm-lock.yaml': 'lockfileVersion: 9\n',
    'pnpm-workspace.yaml': 'packages: [packages/*]\n',
    ...Object.fromEntries(Object.entries(tasks).map(([task, code]) => [`scripts/tasks/${task}.ts`, code])),
  })
  await cp(join(repositoryRoot, 'scripts/run.mjs'), join(root, 'scripts/run.mjs'))
  await cp(join(repositoryRoot, 'scripts/run'), join(root, 'scripts/run'), { recursive: true })
  await mkdir(join(root, 'node_modules/node/bin'), { recursive: true })
  await symlink(process.execPath, join(root, 'node_modules/node/bin/node'))

  const write = (path: string, content: string): Promise<void> => writeInto(root, path, content)
  const stamp = (): Promise<void> => write('node_modules/.ciclo-install-stamp', installStamp(root))
  await stamp()
  return { root, write, stamp }
}

/** A PATH whose `npx` is the given shell script. */
export async function pathWithNpx(script: string): Promise<string> {
  const folder = await makeFolder({ npx: `#!/bin/sh\n${script}\n` })
  await chmod(join(folder, 'npx'), 0o755)
  return [folder, dirname(process.execPath), process.env['PATH']].join(delimiter)
}

async function writeInto(folder: string, path: string, content: string): Promise<void> {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}
