/** How much of what may come in; `Infinity` is no limit. */
export interface LimitSettings {
  /** Events a second with one key. */
  eventsPerKey: number
  /** Events a second from one address, with a write key. */
  eventsPerAddress: number
  /** Events a second for one anonymousId or claimed userId, with a write key. */
  eventsPerCustomer: number
  /** Sign-ups an hour from one address, with a write key. */
  signUpsPerAddress: number
  /** Sign-ups an hour for a workspace, with write keys. */
  signUps: number
  /** Requests with a wrong key a minute from one address. */
  wrongKeys: number
}

export const DEFAULT_LIMITS: LimitSettings = {
  eventsPerKey: 20_000,
  eventsPerAddress: 200,
  eventsPerCustomer: 20,
  signUpsPerAddress: 20,
  signUps: 10_000,
  wrongKeys: 100,
}
