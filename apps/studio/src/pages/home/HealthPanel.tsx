import { Anchor, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import type { HomeHealth } from './homeQuery.ts'
import classes from './HealthPanel.module.css'

type Standing = 'good' | 'bad' | 'unknown'

const SIGNS = { good: IconCircleCheck, bad: IconAlertTriangle, unknown: IconCircleDashed } as const

function Line({ standing, children }: { standing: Standing; children: ReactNode }) {
  const { t } = useTranslation('home')
  const Sign = SIGNS[standing]
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start">
      <Sign
        className={classes.sign}
        data-standing={standing}
        size={17}
        stroke={1.6}
        role="img"
        aria-label={t(`health.${standing}`)}
      />
      <Text size="sm" className={classes.words}>
        {children}
      </Text>
    </Group>
  )
}

/** What everything rests on: where events come from, whether mails leave, and what is set aside. */
export function HealthPanel({ health }: { health: HomeHealth }) {
  const { t } = useTranslation('home')
  const formats = useFormats()
  const { sources, silence, late, parkedInputs, parkedCustomers, failingJobs, senders } = health
  const parked = Math.max(parkedInputs, parkedCustomers)
  return (
    <Panel title={t('health.title')}>
      <Stack component="ul" gap={6} p={0} m={0} className={classes.lines}>
        {sources
          .filter(({ source, lastAt }) => source !== 'import' || lastAt !== null)
          .map(({ source, lastAt }) => (
            <Line
              key={source}
              standing={
                lastAt === null ? 'unknown' : silence !== null && source !== 'import' ? 'bad' : 'good'
              }
            >
              {lastAt === null
                ? t(`health.source.${source}.none`)
                : t(`health.source.${source}.last`, { at: formats.relative(lastAt) })}
            </Line>
          ))}
        <Line standing={late > 0 ? 'bad' : 'good'}>
          {late > 0 ? (
            <Anchor renderRoot={(props) => <Link to="/messages?state=queued" {...props} />} size="sm">
              {t('health.late', { count: late })}
            </Anchor>
          ) : (
            t('health.noneLate')
          )}
        </Line>
        <Line standing={parked > 0 ? 'bad' : 'good'}>
          {parked > 0 ? (
            <Anchor renderRoot={(props) => <Link to="/settings/data" {...props} />} size="sm">
              {t('health.parked', { count: parked })}
            </Anchor>
          ) : (
            t('health.noneParked')
          )}
        </Line>
        {failingJobs.map((job) => (
          <Line key={job} standing="bad">
            {t('health.job', { job })}
          </Line>
        ))}
        {senders.length === 0 ? (
          <Line standing="unknown">
            <Anchor renderRoot={(props) => <Link to="/settings/senders" {...props} />} size="sm">
              {t('health.noSender')}
            </Anchor>
          </Line>
        ) : null}
        {senders.map(({ id, status, reason, checkedAt, wrong }) => (
          <Line
            key={id}
            standing={
              status === 'stopped' || wrong.length > 0 ? 'bad' : status === 'draft' ? 'unknown' : 'good'
            }
          >
            {[
              t(`health.sender.${status}`, { id, reason: reason ?? '' }),
              wrong.length > 0
                ? t('health.wrong', { records: wrong.join(', ').toUpperCase() })
                : checkedAt === null
                  ? t('health.unchecked')
                  : t('health.checked', { at: formats.relative(checkedAt) }),
            ].join(' ')}
          </Line>
        ))}
      </Stack>
    </Panel>
  )
}
