/** Every access may throw: storage disabled, a sandboxed frame, the quota used up. None of it may reach the page. */
const attempt = <Result>(work: () => Result): Result | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

const attemptStorage = <Result>(work: (storage: Storage) => Result) => attempt(() => work(localStorage))

export const readItem = (key: string): string | null | undefined =>
  attemptStorage((storage) => storage.getItem(key))

/** Answers whether the value was stored. */
export const writeItem = (key: string, value: string | number): boolean =>
  attemptStorage((storage) => (storage.setItem(key, String(value)), true)) ?? false

export const removeItem = (key: string): void => attemptStorage((storage) => storage.removeItem(key))

export const listKeys = (prefix: string): string[] =>
  attemptStorage((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix))) ?? []

export const readJson = (text: string | null | undefined): unknown =>
  attempt((): unknown => JSON.parse(String(text)))

export const readCookie = (name: string): string | undefined =>
  attempt(() => new RegExp(`(?:^|; )${name}=([^;]+)`).exec(document.cookie)?.[1])

/** `seconds` is the cookie's life; 0 deletes it. An empty domain is this host alone. */
export const writeCookie = (name: string, value: string, seconds: number, domain: string): void =>
  attempt(() => {
    document.cookie =
      `${name}=${value};path=/;max-age=${seconds};samesite=lax;domain=${domain}` +
      (location.protocol > 'https' ? ';secure' : '')
  })
