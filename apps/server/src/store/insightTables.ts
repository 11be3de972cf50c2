import type { Population } from '@ciclo/engine'
import type { Columns } from './columns.ts'

/** The tables of what is drawn from all customers together: dated rules, jobs, segments. A part of `makeSchema`. */
export const makeInsightTables = ({ table, text, int, time, json, primaryKey, index }: Columns) => ({
  /**
   * What the workspace's deadlines and lines were drawn by, and since when: its settings, and what its customers
   * together say. Added to, never changed: a replay uses what was valid at an event's time.
   */
  rulesVersions: table(
    'rules_versions',
    {
      workspaceId: text('workspace_id').notNull(),
      /** 1, 2, 3 ... */
      number: int().notNull(),
      from: time().notNull(),
      settings: json().$type<Record<string, unknown>>().notNull(),
      /** Null until there is enough to know. */
      population: json().$type<Population>(),
    },
    (version) => [primaryKey({ columns: [version.workspaceId, version.number] })],
  ),

  /** Work that is done now and then, page by page: when it is due next, and how far the run under way has come. */
  jobs: table(
    'jobs',
    {
      workspaceId: text('workspace_id').notNull(),
      name: text().notNull(),
      dueAt: time('due_at').notNull(),
      /** Where the run under way goes on; null where none is. */
      progress: json().$type<Record<string, unknown>>(),
      /** What the last run that ended had to say. */
      result: json().$type<Record<string, unknown>>(),
      endedAt: time('ended_at'),
      error: text(),
      leaseUntil: time('lease_until'),
    },
    (job) => [primaryKey({ columns: [job.workspaceId, job.name] }), index('jobs_due').on(job.dueAt)],
  ),

  segments: table(
    'segments',
    {
      workspaceId: text('workspace_id').notNull(),
      id: text().notNull(),
      name: text().notNull(),
      rule: json().notNull(),
      /** `building` until everybody has been looked at once. */
      status: text({ enum: ['building', 'live'] }).notNull(),
      createdAt: time('created_at').notNull(),
      updatedAt: time('updated_at').notNull(),
    },
    (segment) => [primaryKey({ columns: [segment.workspaceId, segment.id] })],
  ),

  segmentMembers: table(
    'segment_members',
    {
      workspaceId: text('workspace_id').notNull(),
      segmentId: text('segment_id').notNull(),
      customerId: text('customer_id').notNull(),
      since: time().notNull(),
    },
    (member) => [
      primaryKey({ columns: [member.workspaceId, member.segmentId, member.customerId] }),
      index('segment_members_customer').on(member.workspaceId, member.customerId),
    ],
  ),
})
