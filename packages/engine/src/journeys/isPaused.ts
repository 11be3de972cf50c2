import type { Rules } from '../rules.ts'

/** Whether the journey is paused: at most one of its versions is live or paused. */
export const isPaused = ({ journeys }: Pick<Rules, 'journeys'>, journeyId: string): boolean =>
  [...journeys.values()].some(({ definition, status }) => definition.id === journeyId && status === 'paused')
