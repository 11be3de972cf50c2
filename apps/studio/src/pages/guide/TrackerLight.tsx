import { Anchor, Group, Text } from '@mantine/core'
import { Trans, useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { useSession } from '../../session/useSession.ts'
import type { Guide } from './guideQuery.ts'
import classes from './TrackerLight.module.css'

/** Whether a browser has sent anything yet: green from the first event on, without a reload. */
export function TrackerLight({ guide: { steps, lastBrowserEvent: last } }: { guide: Guide }) {
  const { t } = useTranslation('guide')
  const { relative, dateTime } = useFormats()
  const { isDemo } = useSession()
  const isOn = steps.some(({ id, isDone }) => id === 'tracker' && isDone)
  return (
    <Group
      gap="sm"
      wrap="nowrap"
      align="flex-start"
      className={classes.frame}
      data-on={isOn || undefined}
      data-testid="tracker-light"
    >
      <span className={classes.light} aria-hidden />
      <div>
        <Text size="sm" fw={600} role="status" aria-live="polite">
          {t(isOn ? 'light.on' : 'light.waiting')}
        </Text>
        {last ? (
          <Text size="sm" c="dimmed" title={dateTime(last.at)} className={classes.last}>
            {t('light.last', {
              event: [last.name ?? last.type, last.page].filter(Boolean).join(' · '),
              when: relative(last.at),
            })}
          </Text>
        ) : isOn ? null : (
          <Text size="sm" c="dimmed">
            {isDemo ? (
              <Trans
                ns="guide"
                i18nKey="light.demo"
                t={t}
                components={{ shop: <Anchor href="/demo" target="_blank" underline="always" /> }}
              />
            ) : (
              t('light.how')
            )}
          </Text>
        )}
      </div>
    </Group>
  )
}
