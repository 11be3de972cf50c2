import { Text } from '@mantine/core'
import { IconArrowsSplit2, IconClock, IconHourglass, IconMail, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { durationWords } from './durationWords.ts'
import classes from './JourneyOutline.module.css'
import type { OutlineStep } from './readOutline.ts'

const ICONS = {
  delay: IconClock,
  wait: IconHourglass,
  mail: IconMail,
  branch: IconArrowsSplit2,
  other: IconSettings,
}

/** What a customer meets on the way, from top to bottom. */
export function JourneyOutline({ steps }: { steps: readonly OutlineStep[] }) {
  const { t, i18n } = useTranslation('guide')
  const words = (step: OutlineStep): string => {
    const { kind } = step
    if (kind === 'mail') return t('outline.mail', { template: step.template })
    if (kind === 'branch') return t('outline.branch')
    if (kind === 'other') return t('outline.other', { step: step.id })
    const duration = durationWords(step.duration, i18n.language)
    if (kind === 'delay') return t('outline.delay', { duration })
    return step.event === null
      ? t('outline.wait', { duration })
      : t('outline.waitFor', { event: step.event, duration })
  }
  return (
    <ol className={classes.list} aria-label={t('outline.title')}>
      {steps.map((step) => {
        const Icon = ICONS[step.kind]
        return (
          <li key={step.id} className={classes.step} data-kind={step.kind}>
            <Icon size={16} stroke={1.6} aria-hidden className={classes.icon} />
            <Text component="span" size="sm" className={classes.words}>
              {words(step)}
            </Text>
          </li>
        )
      })}
    </ol>
  )
}
