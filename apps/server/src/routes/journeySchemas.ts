import { z } from 'zod'
import { VERSION_STATUSES } from '../store/queries/journeys.ts'

/** The words of a journey are in docs/journeys.md. */
const DefinitionSchema = z.record(z.string(), z.unknown())

const time = z.iso.datetime()
const status = z.enum(VERSION_STATUSES)

const JourneyProblemSchema = z.object({
  /** A journey with an error is not published; a warning is for somebody to look at. */
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  /** Where it is in the definition: `["steps", 2, "template"]`. */
  path: z.array(z.union([z.string(), z.number()])),
  /** The id of the step; null where it is about the journey as a whole. */
  step: z.string().nullable(),
  message: z.string(),
  /** Those that a template lacks. */
  locales: z.array(z.string()).optional(),
  /** In a YAML text that was sent, from 1. */
  line: z.int().optional(),
  column: z.int().optional(),
})

const RunCountsSchema = z.object({
  running: z.int(),
  /** Of these, those that wait until their paused journey goes on. */
  held: z.int(),
  ended: z.int(),
  /** Of the ended ones, those that got nothing, for comparison. */
  heldOut: z.int(),
  goals: z.int(),
})

const SummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Of the version that counts most: live, paused, published, draft, archived. */
  status,
  /** The version that is live or paused. */
  version: z.int().nullable(),
  draft: z.int().nullable(),
  versions: z.int(),
  runs: RunCountsSchema,
})
export const JourneysSchema = z.object({ journeys: z.array(SummarySchema) })

const VersionSchema = z.object({
  version: z.int(),
  status,
  hash: z.string(),
  createdAt: time,
  publishedAt: time.nullable(),
  /** Runs under way. */
  running: z.int(),
  opening: z
    .object({
      days: z.number(),
      state: z.enum(['waiting', 'running', 'done']),
      customers: z.int().optional(),
    })
    .nullable(),
  /** What is just being done with its runs. */
  runsTo: z.enum(['resume', 'end', 'move']).nullable(),
})

const StepRunsSchema = z.object({
  version: z.int(),
  /** `end`: through, and waiting until the last mail has left. */
  step: z.string().nullable(),
  runs: z.int(),
  /** What became due while the journey was paused, and since when the first of them waits. */
  held: z.int(),
  heldSince: time.nullable(),
})

export const JourneySchema = z.object({
  id: z.string(),
  name: z.string(),
  status,
  /** Of the draft, or of what is or will be at work where there is none: for If-Match. */
  hash: z.string(),
  versions: z.array(VersionSchema),
  /** The version that is live or paused. */
  current: z.object({ version: z.int(), hash: z.string(), definition: DefinitionSchema }).nullable(),
  draft: z.object({ version: z.int(), hash: z.string(), definition: DefinitionSchema }).nullable(),
  /** What is worked on: the draft, else what is or will be at work, else the newest version, which is archived. */
  shown: z.object({ version: z.int(), hash: z.string(), definition: DefinitionSchema }).nullable(),
  /** Of the draft, or of the current version where there is none. */
  problems: z.array(JourneyProblemSchema),
  runs: z.array(StepRunsSchema),
})

/** A journey as JSON, or as YAML with the content type application/yaml. */
export const JourneyRequestSchema = DefinitionSchema

export const DraftSchema = z.object({
  id: z.string(),
  version: z.int(),
  hash: z.string(),
  problems: z.array(JourneyProblemSchema),
})

export const ValidateRequestSchema = z.union([
  DefinitionSchema,
  /** Several that may name each other. */
  z.object({ journeys: z.array(DefinitionSchema) }),
])
export const ValidatedSchema = z.object({
  /** In the order in which they were sent. */
  journeys: z.array(
    z.object({
      /** Null where it is no journey. */
      id: z.string().nullable(),
      hash: z.string().nullable(),
      problems: z.array(JourneyProblemSchema),
    }),
  ),
})

export const VersionDetailSchema = VersionSchema.omit({ running: true }).extend({
  id: z.string(),
  definition: DefinitionSchema,
  /** As its file. */
  text: z.string(),
})

export const DifferenceQuerySchema = z.object({
  /** A version; the live or paused one, if left out. */
  from: z.coerce.number().int().positive().optional(),
  /** A version; the draft, if left out. */
  to: z.coerce.number().int().positive().optional(),
})

const ChangesSchema = z.array(
  z.object({
    kind: z.enum(['added', 'removed', 'moved', 'changed']),
    step: z.string().nullable(),
    field: z.string().nullable(),
    from: z.unknown().optional(),
    to: z.unknown().optional(),
    text: z.string(),
  }),
)
export const DifferenceSchema = z.object({ from: z.int(), to: z.int(), changes: ChangesSchema })

const mapping = z.record(z.string(), z.string())

const moved = z.union([z.literal('move'), z.object({ move: mapping }).strict()])

export const PreviewRequestSchema = z
  .object({
    /** `move`: where each run would go on at the step of its id and kind; `{ move: { old: new } }`: at the named ones. */
    runs: moved.default('move'),
  })
  .strict()

export const JourneyPreviewSchema = z.object({
  version: z.int(),
  hash: z.string(),
  problems: z.array(JourneyProblemSchema),
  from: z.int().nullable(),
  difference: ChangesSchema,
  mustCount: z.boolean(),
  isPaused: z.boolean(),
  runs: z.array(
    StepRunsSchema.extend({
      /** The step of the new version at which they would go on, if they are moved; null where they cannot be. */
      to: z.string().nullable(),
      why: z.string().nullable(),
    }),
  ),
  /** How many customers are where the trigger leads; null where it leads nowhere. */
  already: z.int().nullable(),
})

export const PublishRequestSchema = z
  .object({
    /** `stay`: runs under way end what they have begun; else as in a preview. */
    runs: z.union([z.literal('stay'), moved]).default('stay'),
    /** Also those who are where the trigger leads, spread over so many days; null: only who comes in from now on. */
    opening: z
      .object({ days: z.number().min(0).max(365) })
      .strict()
      .nullable()
      .default(null),
  })
  .strict()

export const PublishedSchema = z.object({
  id: z.string(),
  version: z.int(),
  /** `published`: it goes live by itself when the server has looked at everybody once. */
  status,
})

export const ResumedSchema = PublishedSchema.extend({
  /** What became due meanwhile, and goes on now. */
  due: z.array(StepRunsSchema.omit({ runs: true })),
})

export const ArchiveRequestSchema = z.object({ runs: z.enum(['finish', 'end']).default('finish') }).strict()

export const JourneyFilesSchema = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      id: z.string(),
      version: z.int(),
      status,
      hash: z.string(),
      text: z.string(),
    }),
  ),
})
