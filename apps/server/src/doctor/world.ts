import { existsSync, readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { trackerFile } from '@ciclo/tracker-sdk'
import nodemailer from 'nodemailer'
import { realDns, type Dns } from '../sending/records/dns.ts'
import type { Look } from './finding.ts'
import { look, PATIENCE } from './look.ts'

/** What the doctor looks at outside of the database: the machine and the network, or a test. */
export interface World extends Dns {
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
}

export function realWorld(now: () => number): World {
  return {
    ...realDns(),
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
  }
}
