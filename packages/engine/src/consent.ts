/** What a customer can agree to, each apart from the other. */
export const CONSENT_PURPOSES = ['marketing-email', 'tracking'] as const
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]

export const CONSENT_STATUSES = ['asked', 'granted', 'refused'] as const
export type ConsentStatus = (typeof CONSENT_STATUSES)[number]

/**
 * What permits a use: the person's own yes; an order, where the shop offered the objection at collection (the "soft
 * opt-in"); or the law of a country in which silence permits until somebody objects.
 */
export const CONSENT_BASES = ['consent', 'existing-customer', 'opt-out-regime'] as const
export type ConsentBasis = (typeof CONSENT_BASES)[number]

/** How a customer stands to one purpose. */
export interface Consent {
  status: ConsentStatus
  /** What permits it; what was asked for; null once it is refused. */
  basis: ConsentBasis | null
  at: number
  /** The last refusal, also after a later yes: who has ever refused is only won back by a yes of their own. */
  refusedAt: number | null
  /** Refused for good: the person has called a mail spam. */
  isFinal: boolean
}

export type ConsentState = Record<ConsentPurpose, Consent | null>

export const NO_CONSENT: ConsentState = { 'marketing-email': null, tracking: null }

/** One change, as it is kept to be proven afterwards. */
export interface ConsentChange {
  /** The id of the event that says so, and the purpose: told twice it is one. */
  id: string
  purpose: ConsentPurpose
  /** The one topic of marketing mail that it is about; null: all of it. */
  topic: string | null
  status: ConsentStatus
  basis: ConsentBasis | null
  /** ISO 3166-1 alpha-2; null where it is unknown. */
  country: string | null
  /** What the person read, and its version. */
  wording: string | null
  wordingVersion: string | null
  method: string | null
  source: 'secret' | 'public' | 'own' | 'import'
  /** The network that the request came from. */
  network: string | null
  at: number
  recordedAt: number
}

/** A yes, or the question for one. A refusal of the same moment is the stronger word, and a final one the last. */
export function withAnswer(
  before: Consent | null,
  status: Exclude<ConsentStatus, 'refused'>,
  basis: ConsentBasis,
  at: number,
): Consent | null {
  const refusedAt = before?.refusedAt ?? null
  // Who has refused is won back by a yes of their own, never by a basis that takes silence for one.
  if (refusedAt !== null && (at <= refusedAt || basis !== 'consent')) return before
  if (before?.isFinal) return before
  return { status, basis, at, refusedAt: before?.refusedAt ?? null, isFinal: false }
}

export function withRefusal(before: Consent | null, at: number, { isFinal }: { isFinal: boolean }): Consent {
  return { status: 'refused', basis: null, at, refusedAt: at, isFinal: isFinal || (before?.isFinal ?? false) }
}

/** A question that nobody answers in time leaves what was before it: nothing, or the refusal. */
export function withoutQuestion(consent: Consent | null): Consent | null {
  if (consent?.status !== 'asked') return consent
  const { refusedAt } = consent
  return refusedAt === null ? null : withRefusal(null, refusedAt, { isFinal: false })
}
