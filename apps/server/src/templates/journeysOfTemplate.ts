import { canonicalName, type Journey, type Purpose } from '@ciclo/engine'
import { readCurrentVersions } from '../store/queries/journeys.ts'
import type { ReadTx } from '../store/store.ts'

/** What journeys do with a template. */
export interface TemplateUse {
  /** For what they send it. */
  purposes: Purpose[]
  /** The events by which they begin, in their canonical form. */
  events: Set<string>
}

/** Who sends a template, of the journeys that are drafted or at work. */
export async function readTemplateUse(tx: ReadTx, workspaceId: string, name: string): Promise<TemplateUse> {
  const purposes = new Set<Purpose>()
  const events = new Set<string>()
  const look = ({ steps, trigger }: Journey) => {
    const sent = steps.flatMap((step) =>
      step.kind === 'send' && step.template === name ? [step.purpose] : [],
    )
    for (const purpose of sent) purposes.add(purpose)
    if (sent.length > 0 && trigger.kind === 'event' && trigger.name !== undefined)
      events.add(canonicalName(trigger.name))
  }
  for (const { definition } of await readCurrentVersions(tx, workspaceId)) look(definition)
  return { purposes: [...purposes], events }
}
