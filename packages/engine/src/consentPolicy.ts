import type { ConsentBasis } from './consent.ts'
import type { Country } from './country.ts'
import type { Settings } from './settings.ts'

/** What the law of a country allows for marketing e-mail, and where it says so. */
export interface CountryPolicy {
  bases: readonly ConsentBasis[]
  source: string
}

const ONLY_CONSENT: readonly ConsentBasis[] = ['consent']
const SOFT_OPT_IN: readonly ConsentBasis[] = ['consent', 'existing-customer']

/**
 * Orientation, not legal advice. A soft opt-in is for the shop's own similar products only, with the objection offered
 * at collection and in every mail. Every country that is not named here: consent only.
 */
export const COUNTRY_POLICIES: Readonly<Record<string, CountryPolicy>> = {
  DE: { bases: SOFT_OPT_IN, source: 'UWG § 7 (3)' },
  ES: { bases: SOFT_OPT_IN, source: 'LSSI (Ley 34/2002) art. 21.2' },
  FR: { bases: SOFT_OPT_IN, source: 'CPCE art. L34-5' },
  GB: { bases: SOFT_OPT_IN, source: 'PECR 2003 reg. 22 (3)' },
  IT: { bases: SOFT_OPT_IN, source: 'Codice privacy (D.lgs. 196/2003) art. 130 (4)' },
  PL: { bases: ONLY_CONSENT, source: 'PKE (2024) art. 398' },
  RO: {
    bases: SOFT_OPT_IN,
    source: 'Legea 365/2002 art. 6, Legea 506/2004 art. 12; CJEU C-654/23',
  },
  US: {
    bases: ['consent', 'existing-customer', 'opt-out-regime'],
    source: 'CAN-SPAM Act (15 U.S.C. 7701 ff.): postal address, opt-out within 10 business days',
  },
}

type ConsentSettings = Pick<Settings, 'consent'>

/** The bases that a country allows, by its law or by what the workspace says of it. Null: an unknown country. */
export function lawfulBases(code: string | null, { consent }: ConsentSettings): readonly ConsentBasis[] {
  if (code === null) return ONLY_CONSENT
  return Object.hasOwn(consent.countries, code)
    ? (consent.countries[code] ?? ONLY_CONSENT)
    : (COUNTRY_POLICIES[code]?.bases ?? ONLY_CONSENT)
}

/** The bases on which this workspace may write to customers of a country: what the law allows and the shop uses. */
export function usableBases(code: string | null, settings: ConsentSettings): readonly ConsentBasis[] {
  return lawfulBases(code, settings).filter((basis) => settings.consent.bases.includes(basis))
}

/**
 * Whether marketing e-mail to a customer may rest on a basis. Where nothing is known of the customer's country the
 * shop's own counts. What only a browser says can make it stricter, never looser.
 */
export function isBasisAllowed(
  basis: ConsentBasis,
  country: Country | null,
  settings: ConsentSettings,
): boolean {
  const home = usableBases(settings.consent.country ?? null, settings)
  if (country === null) return home.includes(basis)
  const there = usableBases(country.code, settings)
  return there.includes(basis) && (country.from === 'shop' || home.includes(basis))
}
