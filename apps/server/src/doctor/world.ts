import { existsSync, readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { Resolver } from 'node:dns/promises'
import { freemem, totalmem } from 'node:os'
import { trackerFile } from '@ciclo/tracker-sdk'
import nodemailer from 'nodemailer'
import type { Look } from './finding.ts'

/** What the doctor looks at outside of the database: the machine and the network, or a test. */
export interface World {
  now: () => number
  nodeVersion: string
  memory: () => { free: number; total: number }
  /** Undefined where there is no such file. */
  secretFile: (path: string) => { mode: number; length: number } | undefined
  /** Bytes that are left on the disk of a folder. */
  freeDisk: (folder: string) => Promise<number>
  isTrackerBuilt: () => boolean
  /** What answers at the address of a server, and the time that it tells. */
  askHealth: (url: string) => Promise<Look<{ isCiclo: boolean; date: number | undefined }>>
  verifySmtp: (url: string) => Promise<Look<true>>
  txt: (name: string) => Promise<Look<string[]>>
  mx: (name: string) => Promise<Look<string[]>>
}

/** Nobody waits longer than this for one answer: milliseconds. */
const PATIENCE = 5_000

/** A look that ends in time, whatever happens. */
async function look<Fact>(action: () => Promise<Fact>): Promise<Look<Fact>> {
  let timeout: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timeout = setTimeout(() => reject(new Error(`no answer in ${PATIENCE / 1_000} s`)), PATIENCE)
  })
  try {
    return { found: await Promise.race([action(), tooLate]) }
  } catch (error) {
    const { message, cause } = error as Error
    return { error: cause instanceof Error ? `${message} (${cause.message})` : message }
  } finally {
    clearTimeout(timeout)
  }
}

/** Names without such a record are an answer: none. */
async function orNone<Fact>(action: () => Promise<Fact[]>): Promise<Fact[]> {
  try {
    return await action()
  } catch (error) {
    if (/^(ENODATA|ENOTFOUND)$/.test(String((error as { code?: unknown }).code))) return []
    throw error
  }
}

export function realWorld(now: () => number): World {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  return {
    now,
    nodeVersion: process.versions.node,
    memory: () => ({ free: freemem(), total: totalmem() }),
    secretFile: (path) =>
      existsSync(path)
        ? { mode: statSync(path).mode, length: readFileSync(path, 'utf8').trim().length }
        : undefined,
    freeDisk: async (folder) => {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
    isTrackerBuilt: () => existsSync(trackerFile),
    askHealth: (url) =>
      look(async () => {
        const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PATIENCE) })
        const body = (await response.json().catch(() => undefined)) as { status?: unknown } | undefined
        const date = Date.parse(response.headers.get('date') ?? '')
        return { isCiclo: response.ok && body?.status === 'ok', date: Number.isNaN(date) ? undefined : date }
      }),
    verifySmtp: (url) =>
      look(async () => {
        const limits = { connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE }
        const transport = nodemailer.createTransport({ url, ...limits })
        try {
          await transport.verify()
          return true as const
        } finally {
          transport.close()
        }
      }),
    txt: (name) =>
      look(() => orNone(async () => (await resolver.resolveTxt(name)).map((parts) => parts.join('')))),
    mx: (name) =>
      look(() => orNone(async () => (await resolver.resolveMx(name)).map(({ exchange }) => exchange))),
  }
}
