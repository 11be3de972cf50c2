import { Badge, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyValue } from '../CopyValue.tsx'
import classes from './RecordCheck.module.css'
import type { Sender } from './sendersQuery.ts'

type Finding = NonNullable<Sender['check']>['records'][number]

/** Found, doubtful, wrong, or not there at all. */
const stateOf = ({ status, seen }: Finding) =>
  status === 'ok' ? 'found' : status === 'warn' ? 'doubtful' : seen.length === 0 ? 'missing' : 'wrong'

const LOOKS = {
  found: { color: 'green', Icon: IconCircleCheck },
  doubtful: { color: 'yellow', Icon: IconAlertTriangle },
  missing: { color: 'red', Icon: IconCircleX },
  wrong: { color: 'red', Icon: IconCircleX },
} as const

/** One record that receivers look up: why it matters, what is seen, and what to set. */
export function RecordCheck({ record }: { record: Finding }) {
  const { t } = useTranslation('settings')
  const state = stateOf(record)
  const { color, Icon } = LOOKS[state]
  return (
    <Paper component="li" withBorder p="sm" className={classes.record} data-testid={`record-${record.check}`}>
      <Stack gap={6}>
        <div className={classes.head}>
          <Text fw={600} size="sm">
            {t(`records.${record.check}.name`)}
          </Text>
          <Badge variant="light" color={color} leftSection={<Icon size={13} stroke={1.8} aria-hidden />}>
            {t(`records.state.${state}`)}
          </Badge>
        </div>
        <Text size="xs" c="dimmed">
          {t(`records.${record.check}.why`)}
        </Text>
        <Text size="sm">{record.found}</Text>
        {record.advice === undefined ? null : <Text size="sm">{record.advice}</Text>}
        {record.set ? (
          <SimpleGrid cols={1} spacing={6} mt={4}>
            <Text size="xs" fw={600}>
              {t('records.set', { type: record.set.type })}
            </Text>
            <CopyValue
              label={t('records.nameOf', { record: record.check.toUpperCase() })}
              value={record.set.name}
            />
            <CopyValue
              label={t('records.valueOf', { record: record.check.toUpperCase() })}
              value={record.set.value}
            />
          </SimpleGrid>
        ) : null}
        {record.lookedUp.length > 0 ? (
          <details className={classes.details}>
            <summary>{t('records.details')}</summary>
            <Text size="xs" className={classes.seen}>
              {record.lookedUp.join('\n')}
            </Text>
            <Text size="xs" className={classes.seen}>
              {record.seen.length === 0 ? t('records.nothing') : record.seen.join('\n')}
            </Text>
          </details>
        ) : null}
      </Stack>
    </Paper>
  )
}
