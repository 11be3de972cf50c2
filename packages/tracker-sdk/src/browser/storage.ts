// Every access may throw: storage disabled, a sandboxed frame, the quota used up. None of it may reach the page.
const attempt = <Result>(work: () => Result): Result | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

export const readItem = (key: string): string | undefined =>
  attempt(() => localStorage.getItem(key)) ?? undefined

/** Answers whether the value was stored. */
export const writeItem = (key: string, value: string): boolean =>
  attempt(() => (localStorage.setItem(key, value), true)) ?? false

export const removeItem = (key: string): void => attempt(() => localStorage.removeItem(key))

export const listKeys = (prefix: string): string[] =>
  attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? []

export const readJson = (key: string): unknown => attempt((): unknown => JSON.parse(readItem(key) ?? ''))

export const readCookie = (name: string): string | undefined =>
  attempt(() => document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`)))?.slice(
    name.length + 1,
  )

/** `seconds` is the cookie's life; 0 deletes it. */
export const writeCookie = (name: string, value: string, seconds: number, domain: string | undefined): void =>
  attempt(() => {
    document.cookie =
      `${name}=${value}; path=/; max-age=${seconds}; samesite=lax` +
      (location.protocol === 'https:' ? '; secure' : '') +
      (domain ? `; domain=${domain}` : '')
  })
