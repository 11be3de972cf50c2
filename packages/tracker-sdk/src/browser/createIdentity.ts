import type { EventContext, Traits } from '../trackerEvent.ts'
import { createId } from './createId.ts'
import { readCookie, readItem, readJson, removeItem, writeCookie, writeItem } from './storage.ts'

const COOKIE = 'ciclo_id'
const ID_KEY = 'ciclo.id'
const USER_KEY = 'ciclo.user'
const SESSION_KEY = 'ciclo.session'
/** The longest that Chromium keeps a cookie: 400 days, in seconds. */
const COOKIE_LIFE = 34_560_000
/** Milliseconds of silence after which a visit is over, as everywhere in web analytics. */
const SILENCE = 1_800_000

interface User {
  userId?: string
  traits: Traits
}

export interface Identity {
  /** The ids of this moment. The first call makes and stores the anonymous id: never call it without consent. */
  ids(): { anonymousId: string; userId?: string }
  /** Answers all traits known after the merge. */
  identify(userId: string | undefined, traits: Traits): Traits
  /** The visit that an event at `now`, in epoch milliseconds, belongs to; the first event of one begins it. */
  visit(
    now: number,
  ): Required<Pick<EventContext, 'sessionId' | 'sessionNumber'>> & Pick<EventContext, 'sessionStart'>
  /** Takes over the anonymous id that another host of the shop knows this browser by. */
  adopt(anonymousId: string): void
  /** Forgets everything; the next `ids` are those of a new visitor. */
  clear(): void
}

/**
 * The widest domain on which this page may set a cookie, found by trying: browsers refuse public suffixes such as
 * `co.uk`. Empty where only this host will do, such as `localhost`.
 */
const findWidestDomain = (): string => {
  const labels = location.hostname.split('.')
  for (let count = 2; count <= labels.length; count++) {
    const domain = labels.slice(-count).join('.')
    writeCookie('ciclo_probe', '1', 9, domain)
    if (!readCookie('ciclo_probe')) continue
    writeCookie('ciclo_probe', '', 0, domain)
    return domain
  }
  return ''
}

/**
 * Who this browser is: a random anonymous id in a first-party cookie and in localStorage, each restoring the other,
 * and what `identify` was told. Read again each time, because other tabs write it too; only what cannot be stored is
 * held in memory, where a `reset` in another tab would not reach it.
 */
export const createIdentity = (cookieDomain: string | undefined): Identity => {
  const memory: Record<string, string> = {}
  let renewed: string | undefined
  let domain = cookieDomain

  const read = (key: string) => readItem(key) ?? memory[key]
  const write = (key: string, value: string) => {
    if (!writeItem(key, value)) memory[key] = value
  }
  const readUser = () => (readJson(read(USER_KEY)) ?? { traits: {} }) as User

  const setId = (id: string, seconds = COOKIE_LIFE) => {
    domain ??= findWidestDomain()
    writeCookie(COOKIE, id, seconds, domain)
    write(ID_KEY, id)
    renewed = id
  }
  const clear = () => {
    // Not where there is none: to find the domain is to write.
    if (readCookie(COOKIE)) setId('', 0)
    for (const key of [ID_KEY, USER_KEY, SESSION_KEY]) {
      removeItem(key)
      delete memory[key]
    }
  }

  return {
    clear,
    adopt: setId,
    ids() {
      const anonymousId = readCookie(COOKIE) || read(ID_KEY) || createId()
      // The first use in a page also makes the cookie's life begin again.
      if (anonymousId !== renewed) setId(anonymousId)
      const { userId } = readUser()
      return { anonymousId, ...(userId && { userId }) }
    },
    identify(userId, traits) {
      const known = readUser().userId
      // Another person at the same browser must inherit neither the traits nor the visits of the last one.
      if (userId && known && userId !== known) clear()
      const before = readUser()
      const user = { ...before, ...(userId && { userId }), traits: { ...before.traits, ...traits } }
      write(USER_KEY, JSON.stringify(user))
      return user.traits
    },
    visit(now) {
      const [id, number, last] = (read(SESSION_KEY) ?? '').split(' ') as (string | undefined)[]
      const isOver = !(now - Number(last) < SILENCE)
      const sessionId = isOver ? now : Number(id)
      const sessionNumber = Number(number ?? 0) + Number(isOver)
      write(SESSION_KEY, `${sessionId} ${sessionNumber} ${now}`)
      return { sessionId, sessionNumber, ...(isOver && { sessionStart: true as const }) }
    },
  }
}
