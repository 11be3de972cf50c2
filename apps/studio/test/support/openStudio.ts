import { ensureStudio } from './ensureStudio.ts'
import { headed } from './lookAt.ts'
import { watchTraffic } from './traffic.ts'
import { openBrowser, openVisitor, type Visitor } from '../../../server/test/support/openVisitor.ts'
import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../../../server/test/support/startTestServer.ts'
import type { Page } from 'playwright-core'

export interface OpenStudioOptions extends TestServerOptions {
  /** Where the person comes from: `en-US`, if left out. */
  width?: number
  height?: number
  scheme?: 'light' | 'dark'
  /** Brings the cookie by which every person here is signed in. The demo needs none. */
  signIn?: (server: TestServer) => Promise<{ name: string; value: string }>
}

export interface PageLook {
  width?: number
  scheme?: 'light' | 'dark'
  signedOut?: boolean
  /** Somebody who has nothing stored and is at the studio for the first time. */
  isNew?: boolean
}

/** A built studio on a real server, and a person before it in a real Chromium. The demo's is signed in already. */
export async function openStudio({
  width = 1440,
  height = 900,
  scheme = 'light',
  signIn,
  ...options
}: OpenStudioOptions = {}) {
  await ensureStudio()
  const server = await startTestServer({ demo: true, ...options })
  const browser = await openBrowser()
  const cookie = await signIn?.(server)
  const visitors: Visitor[] = []
  const come = async (isSignedIn: boolean): Promise<Visitor> => {
    const visitor = await openVisitor(browser)
    visitors.push(visitor)
    watchTraffic(visitor.context)
    if (cookie && isSignedIn) await visitor.context.addCookies([{ ...cookie, url: server.url }])
    return visitor
  }
  let usual: Promise<Visitor> | undefined
  /**
   * A page of the studio in a tab of its own, of a person whose browser is this large and this light: the same person,
   * whose browser has the studio's scripts already, unless a new one is asked for.
   */
  const open = async (path: string, look: PageLook = {}): Promise<Page> => {
    const { isNew = false, signedOut = false } = look
    const visitor = await (isNew || signedOut ? come(!signedOut) : (usual ??= come(true)))
    const page = await visitor.open('about:blank')
    await page.setViewportSize({ width: look.width ?? width, height })
    await page.emulateMedia({ colorScheme: look.scheme ?? scheme, reducedMotion: 'reduce' })
    await page.goto(`${server.url}${path}`)
    await headed(page)
    return page
  }
  return {
    server,
    browser,
    open,
    /** Errors on the console, uncaught ones and violations of the policy, of all tabs so far. */
    problems: () => visitors.flatMap(({ problems }) => problems),
    stop: async () => {
      await browser.close()
      await server.stop()
    },
  }
}

export type OpenedStudio = Awaited<ReturnType<typeof openStudio>>
