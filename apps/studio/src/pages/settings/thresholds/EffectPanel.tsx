import { Group, Loader, Table, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import type { SettingsForm } from '../form/useSettingsForm.ts'

const ROWS = [
  ['stage', 'new'],
  ['stage', 'active'],
  ['stage', 'reactivated'],
  ['stage', 'atRisk'],
  ['stage', 'lapsed'],
  ['stage', 'lost'],
  ['value', 'vip'],
  ['engagement', 'warm'],
  ['engagement', 'cold'],
] as const

const signed = (difference: number, text: string) => (difference > 0 ? `+${text}` : text)

/** Whom the thresholds would move, asked of the server before they are saved. */
export function EffectPanel({ form }: { form: SettingsForm }) {
  const { t } = useTranslation(['settings', 'states'])
  const { number } = useFormats()
  const [patch] = useDebouncedValue(JSON.stringify(form.patch), 500)
  const { data, error, isFetching } = useQuery({
    queryKey: ['insight', 'settings-preview', patch],
    queryFn: ({ signal }) =>
      ask(
        api.settings.preview.$post(
          {},
          { ...withBody(JSON.parse(patch)), init: { ...withBody(JSON.parse(patch)).init, signal } },
        ),
      ),
    // It looks at every customer: not for what is as it was.
    enabled: patch !== '{}',
    placeholderData: keepPreviousData,
    retry: false,
  })
  return (
    <Panel
      title={t('thresholds.effect')}
      text={t('thresholds.effectText')}
      actions={isFetching ? <Loader size="xs" role="img" aria-label={t('thresholds.counting')} /> : null}
    >
      {error ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {messageOf(error)}
        </Text>
      ) : null}
      {form.isDirty ? null : (
        <Text size="sm" fw={600}>
          {t('thresholds.unmoved')}
        </Text>
      )}
      {form.isDirty && data ? (
        <>
          <Text size="sm" fw={600} role="status" data-testid="effect">
            {data.isJudging
              ? t('thresholds.moved', { moved: number(data.moved), customers: number(data.customers) })
              : t('thresholds.unmoved')}
          </Text>
          <Table.ScrollContainer minWidth={320}>
            <Table verticalSpacing={4} aria-label={t('thresholds.effect')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('thresholds.state')}</Table.Th>
                  <Table.Th ta="right">{t('thresholds.now')}</Table.Th>
                  <Table.Th ta="right">{t('thresholds.then')}</Table.Th>
                  <Table.Th ta="right">{t('thresholds.difference')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {ROWS.map(([region, state]) => {
                  const [now, then] = [data.before[region][state] ?? 0, data.after[region][state] ?? 0]
                  return (
                    <Table.Tr key={`${region} ${state}`} {...(now === then ? {} : { fw: 600 })}>
                      <Table.Td>{t(`${region}.${state}` as 'stage.new', { ns: 'states' })}</Table.Td>
                      <Table.Td ta="right" className="figure">
                        {number(now)}
                      </Table.Td>
                      <Table.Td ta="right" className="figure">
                        {number(then)}
                      </Table.Td>
                      <Table.Td ta="right" className="figure">
                        {now === then ? '' : signed(then - now, number(then - now))}
                      </Table.Td>
                    </Table.Tr>
                  )
                })}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </>
      ) : error || !form.isDirty ? null : (
        <Group aria-busy="true">
          <Loader size="sm" role="img" aria-label={t('thresholds.counting')} />
        </Group>
      )}
      <Text size="sm" c="dimmed">
        {t('thresholds.what')}
      </Text>
    </Panel>
  )
}
