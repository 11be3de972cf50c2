import { SettingsSchema, type Settings } from '@ciclo/engine'
import { isBag, type Bag } from './isBag.ts'

interface StatedByFixture {
  settings: Bag
  timeZone: string
}

interface StatedByCase {
  settings?: Bag | undefined
}

function merged(one: Bag, other: Bag): Bag {
  const entries = Object.entries(other).map(([name, value]): [string, unknown] => {
    const known = one[name]
    return [name, isBag(known) && isBag(value) ? merged(known, value) : value]
  })
  return { ...one, ...Object.fromEntries<unknown>(entries) }
}

/** A fixture's settings with those of a case, group by group. */
const stated = ({ settings, timeZone }: StatedByFixture, one: StatedByCase): Bag =>
  merged({ shop: { timeZone } }, merged(settings, one.settings ?? {}))

/** The shop's settings in a case. Throws where `settingsProblems` finds any. */
export const fixtureSettings = (fixture: StatedByFixture, one: StatedByCase): Settings =>
  SettingsSchema.parse(stated(fixture, one))

/** What is wrong with the settings of a fixture, or of one of its cases, and where in them. */
export function settingsProblems(
  fixture: StatedByFixture,
  one: StatedByCase,
): { path: PropertyKey[]; message: string }[] {
  const all = stated(fixture, one)
  const unknown = Object.keys(all)
    .filter((name) => !Object.hasOwn(SettingsSchema.shape, name))
    .map((name) => ({ path: [name], message: 'given a setting that is not known here' }))
  const { error } = SettingsSchema.safeParse(all)
  return [...unknown, ...(error?.issues ?? [])]
}
