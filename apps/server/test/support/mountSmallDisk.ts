import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestFolder } from './createTestFolder.ts'

export interface SmallDisk {
  path: string
  /** Takes away a file that has filled a part of it from the beginning. */
  makeRoom: () => void
  remove: () => void
}

/** A file system in memory that is soon full, or why there can be none: mounting needs root on Linux. */
export function mountSmallDisk(megabytes: number, ballast: number): SmallDisk | string {
  const { path, remove } = createTestFolder()
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], {
    encoding: 'utf8',
  })
  if (mounted.status !== 0) {
    remove()
    return `cannot mount a tmpfs: ${(mounted.stderr ?? mounted.error?.message ?? '').trim()}`
  }
  writeFileSync(join(path, 'ballast'), Buffer.alloc(ballast * 1024 * 1024))
  const unmount = () => {
    spawnSync('umount', ['--lazy', path])
  }
  // Before the folder is removed.
  process.prependListener('exit', unmount)
  return {
    path,
    makeRoom: () => rmSync(join(path, 'ballast')),
    remove: () => {
      process.off('exit', unmount)
      unmount()
      remove()
    },
  }
}
