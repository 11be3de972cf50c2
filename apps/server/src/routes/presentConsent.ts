import type { Customer } from '@ciclo/engine'
import type { z } from 'zod'
import type { CustomerConsent } from '../store/queries/consents.ts'
import type { ConsentSchema, ConsentStateSchema } from './consentSchemas.ts'
import { iso } from './iso.ts'

export function presentConsentState({
  consent,
  country,
  refusedTopics,
}: Customer): z.infer<typeof ConsentStateSchema> {
  const standing = (purpose: keyof Customer['consent']) => {
    const known = consent[purpose]
    return known && { status: known.status, basis: known.basis, at: iso(known.at) }
  }
  return {
    country: country?.code ?? null,
    'marketing-email': standing('marketing-email'),
    tracking: standing('tracking'),
    refusedTopics: [...refusedTopics],
  }
}

export function presentConsent(change: CustomerConsent): z.infer<typeof ConsentSchema> {
  const { id, purpose, topic, status, basis, country, wording, wordingVersion, method, source, network } =
    change
  return {
    id,
    purpose,
    topic,
    status,
    basis,
    country,
    text: wording,
    textVersion: wordingVersion,
    method,
    source,
    network,
    at: iso(change.at),
    recordedAt: iso(change.recordedAt),
  }
}
