/** What stands beside the canvas. */
export const JOURNEY_PANELS = ['code', 'live', 'backtest', 'try', 'versions', 'report'] as const
export type JourneyPanel = (typeof JOURNEY_PANELS)[number]

export interface JourneySearch {
  /** Left out: the form of what is selected. */
  panel?: JourneyPanel
  /** The id of the step that is selected; `trigger` and `journey`, too, where no step is called so. */
  step?: string
  /** The same journey as a list, which needs no mouse. */
  view?: 'list'
}

const isPanel = (value: unknown): value is JourneyPanel =>
  (JOURNEY_PANELS as readonly unknown[]).includes(value)

/** Reads what the address of a journey's page asks for; what it does not know is left out. */
export const readJourneySearch = ({ panel, step, view }: Record<string, unknown>): JourneySearch => ({
  ...(isPanel(panel) ? { panel } : {}),
  ...(typeof step === 'string' ? { step } : {}),
  ...(view === 'list' ? { view } : {}),
})
