import { validateJourney, type Journey, type JourneyProblem, type JourneyWorld } from '@ciclo/engine'
import { readPools } from '../store/queries/coupons.ts'
import { listVersions, readCurrentVersions } from '../store/queries/journeys.ts'
import { findEventNames, hasTrait, sampleNames } from '../store/queries/seenNames.ts'
import { listSegments } from '../store/queries/segments.ts'
import { readSettings } from '../store/queries/settings.ts'
import { readPublishedVersions, readTemplateVersion } from '../store/queries/templates.ts'
import type { ReadTx, Store } from '../store/store.ts'
import { ownTemplate } from '../templates/ownTemplate.ts'
import { shippedTemplates } from '../templates/shippedTemplates.ts'

/** Whose events and traits are looked at first; what they do not know is looked for among all. */
const SAMPLE = 500
/** A locale of so many of them is one that every mail must be there in. */
const COMMON_SHARE = 0.05

type World = JourneyWorld & { events: Set<string>; traits: Set<string> }

type Templates = ReadonlyMap<string, ReadonlySet<string>>

const NO_LOCALES: ReadonlySet<string> = new Set()

/** The locales of each template that comes with Ciclo. */
async function readShipped(): Promise<Templates> {
  const sources = [...(await shippedTemplates()).values()]
  return new Map(sources.map(({ name, strings }) => [name, new Set(Object.keys(strings))]))
}

/** With those that the workspace has made its own: their locales, where the journeys send them. */
async function withOwn(
  tx: ReadTx,
  workspaceId: string,
  shipped: Templates,
  sent: ReadonlySet<string>,
): Promise<Templates> {
  const templates = new Map(shipped)
  for (const [name, version] of await readPublishedVersions(tx, workspaceId)) {
    const row = sent.has(name) ? await readTemplateVersion(tx, workspaceId, name, version) : undefined
    const source = row && ownTemplate(row)
    if (source) templates.set(name, new Set(Object.keys(source.strings)))
    else if (row === undefined) templates.set(name, shipped.get(name) ?? NO_LOCALES)
  }
  return templates
}

const templatesSentBy = (definitions: readonly Journey[]): ReadonlySet<string> =>
  new Set(
    definitions.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'send' ? step.template : []))),
  )

/** A language in which no template is there at all is nothing that a journey could mend. */
function localesOf(
  locale: string,
  seen: Awaited<ReturnType<typeof sampleNames>>,
  templates: Templates,
): string[] {
  const spoken = new Set([...templates.values()].flatMap((locales) => [...locales]))
  const common = [...seen.locales].flatMap(([name, customers]) =>
    customers >= COMMON_SHARE * seen.customers ? [name] : [],
  )
  return [...new Set([locale, ...common])].filter(
    (name) => spoken.has(name) || spoken.has(name.split('-')[0] ?? name),
  )
}

async function readWorld(tx: ReadTx, workspaceId: string, templates: Templates): Promise<World> {
  const settings = await readSettings(tx, workspaceId)
  const seen = await sampleNames(tx, workspaceId, SAMPLE)
  const journeys = new Map<string, Journey | null>(
    (await listVersions(tx, workspaceId)).map(({ id }) => [id, null]),
  )
  // In the order of their numbers: a draft is what will be there when it is published.
  for (const { id, definition } of await readCurrentVersions(tx, workspaceId)) journeys.set(id, definition)
  return {
    templates,
    locales: localesOf(settings.locale, seen, templates),
    segments: new Set((await listSegments(tx, workspaceId)).map(({ id }) => id)),
    journeys,
    pools: new Set((await readPools(tx, workspaceId)).map(({ pool }) => pool)),
    topics: new Set(settings.topics.map(({ id }) => id)),
    events: seen.events,
    traits: seen.traits,
    hasCap: settings.cap !== null,
  }
}

const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (outer, name) => (outer as Record<string | number, unknown> | undefined)?.[name],
    value,
  )

/** What a problem says that nobody has sent. */
function unknownNames(journey: Journey, problems: readonly JourneyProblem[], code: string): string[] {
  return problems.flatMap((problem) => {
    if (problem.code !== code) return []
    const given = valueAt(journey, problem.path)
    const name: unknown = Array.isArray(given) ? given[0] : given
    return typeof name === 'string' ? [name] : []
  })
}

/**
 * What is wrong with journeys in this shop, in their order. Each may name the others, as if they were saved. Names of
 * events and traits are looked for among the newest customers, and where they do not have them, among all.
 */
export async function judgeJourneys(
  store: Store,
  { workspaceId, definitions }: { workspaceId: string; definitions: readonly Journey[] },
): Promise<JourneyProblem[][]> {
  const shipped = await readShipped()
  return await store.read(async (tx) => {
    const templates = await withOwn(tx, workspaceId, shipped, templatesSentBy(definitions))
    const read = await readWorld(tx, workspaceId, templates)
    const journeys = new Map([...read.journeys, ...definitions.map((one) => [one.id, one] as const)])
    const world = { ...read, journeys }
    const judge = () => definitions.map((journey) => validateJourney(journey, world))
    const first = judge()
    const unknown = (code: string) =>
      new Set(definitions.flatMap((journey, place) => unknownNames(journey, first[place] ?? [], code)))
    const events = await findEventNames(tx, workspaceId, [...unknown('unknown-event')])
    const traits: string[] = []
    for (const name of unknown('unknown-trait')) if (await hasTrait(tx, workspaceId, name)) traits.push(name)
    if (events.length + traits.length === 0) return first
    for (const name of events) world.events.add(name)
    for (const name of traits) world.traits.add(name)
    return judge()
  })
}
