import type { Traits } from '../trackerEvent.ts'
import { createId } from './createId.ts'
import { readCookie, readItem, readJson, removeItem, writeCookie, writeItem } from './storage.ts'

const COOKIE = 'ciclo_id'
const ID_KEY = 'ciclo.id'
const USER_KEY = 'ciclo.user'
const YEAR = 31_536_000

interface User {
  userId?: string
  traits: Traits
}

export interface Identity {
  /** The ids of this moment. The first call makes and stores the anonymous id: never call it without consent. */
  current(): { anonymousId: string; userId?: string }
  /** Answers all traits known after the merge. */
  identify(userId: string | undefined, traits: Traits): Traits
  /** Forgets everything; the next `current` is a new visitor. */
  clear(): void
}

/**
 * Who this browser is: a random anonymous id in a first-party cookie and in localStorage, each restoring the other,
 * and what `identify` was told. Read again each time, because other tabs write it too; only what cannot be stored is
 * held in memory, where a `reset` in another tab would not reach it.
 */
export const createIdentity = (cookieDomain: string | undefined): Identity => {
  let memoryId: string | undefined
  let memoryUser: User | undefined
  let renewed = false

  const readUser = (): User => (readJson(USER_KEY) as User | undefined) ?? memoryUser ?? { traits: {} }

  const clear = () => {
    memoryId = memoryUser = undefined
    writeCookie(COOKIE, '', 0, cookieDomain)
    removeItem(ID_KEY)
    removeItem(USER_KEY)
  }

  return {
    clear,
    current() {
      const cookie = readCookie(COOKIE)
      const stored = readItem(ID_KEY)
      const anonymousId = cookie ?? stored ?? memoryId ?? createId()
      // The first use in a page also makes the cookie's year begin again.
      if (anonymousId !== cookie || !renewed) writeCookie(COOKIE, anonymousId, YEAR, cookieDomain)
      renewed = true
      if (anonymousId !== stored && !writeItem(ID_KEY, anonymousId)) memoryId = anonymousId
      const { userId } = readUser()
      return userId === undefined ? { anonymousId } : { anonymousId, userId }
    },
    identify(userId, traits) {
      const known = readUser().userId
      // Another person at the same browser must inherit neither the traits nor the visits of the last one.
      if (userId !== undefined && known !== undefined && userId !== known) clear()
      const before = readUser()
      const id = userId ?? before.userId
      const user: User = {
        ...(id === undefined ? {} : { userId: id }),
        traits: { ...before.traits, ...traits },
      }
      memoryUser = writeItem(USER_KEY, JSON.stringify(user)) ? undefined : user
      return user.traits
    },
  }
}
