import { Alert, Group, Loader, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../api/apiProblem.ts'
import { useFormats } from '../../formats/useFormats.ts'
import { DayBars } from '../home/money/DayBars.tsx'
import { LiftLine } from '../home/money/LiftList.tsx'
import { reportQuery, type ReportKind } from './reportQuery.ts'
import { ReportParts } from './ReportParts.tsx'
import { ReportTiles } from './ReportTiles.tsx'

const PERIODS = [7, 28, 90, 365] as const

/** What the mails of a journey, template or campaign have come to in a period. */
export function ReportView({ kind, id }: { kind: ReportKind; id: string }) {
  const { t } = useTranslation('reports')
  const formats = useFormats()
  const [days, setDays] = useState(28)
  const { data, error } = useQuery({ ...reportQuery(kind, id, days), placeholderData: keepPreviousData })
  if (error && !data) return <Alert color="red">{messageOf(error)}</Alert>
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {t(`text.${kind}`)}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('period')}
          data={PERIODS.map((count) => ({ value: String(count), label: t('days', { count }) }))}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
        />
      </Group>
      {data === undefined ? (
        <Group aria-busy="true">
          <Loader role="img" aria-label={t('counting')} />
        </Group>
      ) : (
        <>
          <ReportTiles totals={data.totals} />
          <Title order={3}>{t('byDay')}</Title>
          <DayBars days={data.days} currency={data.currency} nothing={t('nothing')} />
          <ReportParts report={data} />
          {data.lift ? (
            <div>
              <Title order={3} mb={4}>
                {t('lift')}
              </Title>
              <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
                <LiftLine
                  lift={{ id, name: data.name, ...data.lift }}
                  currency={data.currency}
                  people={t('people', {
                    mailed: formats.number(data.lift.mailedPeople),
                    heldOut: formats.number(data.lift.heldOutPeople),
                  })}
                />
              </Stack>
            </div>
          ) : null}
          <Text size="xs" c="dimmed">
            {t('rule', { count: data.windowDays })}
          </Text>
        </>
      )}
    </Stack>
  )
}
