import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'
import { useStepWords } from './useStepWords.ts'

/** Who comes in, what the journey is there for and what ends it early: a line each. */
export function useTriggerLines(): readonly string[] {
  const { t } = useTranslation('journey')
  const words = useStepWords()
  const { definition } = useJourneyEditing()
  const { entry, goal, exits, holdOut } = definition
  return useMemo(
    () => [
      ...(entry ? [t('node.only', { rule: words.rule(entry) })] : []),
      ...(goal
        ? [
            t('node.goal', {
              what: words.happening(goal.on),
              duration: words.duration(goal.within),
            }),
          ]
        : []),
      ...(exits[0] ? [t('node.exits', { count: exits.length, what: words.happening(exits[0].on) })] : []),
      ...(holdOut > 0 ? [t('node.holdOut', { share: words.share(holdOut) })] : []),
    ],
    [entry, goal, exits, holdOut, t, words],
  )
}
