/** A country's or a generic end of the names below: `com`, `es`, `co.uk`, `com.br`. */
const REGIONS = String.raw`(?:com|[a-z]{2}|com?\.[a-z]{2})`

/** Domains of one provider, which counts together what comes to any of them. */
const FAMILIES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^(?:gmail|googlemail)\.com$/, 'gmail.com'],
  [new RegExp(String.raw`^(?:(?:outlook|hotmail|live)\.${REGIONS}|msn\.com)$`), 'outlook.com'],
  [new RegExp(String.raw`^(?:(?:yahoo|aol)\.${REGIONS}|(?:ymail|rocketmail|myyahoo)\.com)$`), 'yahoo.com'],
  [/^(?:icloud|me|mac)\.com$/, 'icloud.com'],
  [/^(?:gmx\.(?:de|net|at|ch|com)|web\.de)$/, 'gmx.net'],
]

/** Under which name the provider of a mail domain is counted: that of its family, else the domain, in lower case. */
export function mailboxProviderOf(domain: string): string {
  const name = domain.toLowerCase()
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1] ?? name
}
