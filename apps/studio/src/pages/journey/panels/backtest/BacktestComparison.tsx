import { Button, Table, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BacktestResult } from '../../../../api/contract.ts'
import { useFormats } from '../../../../formats/useFormats.ts'
import { PageLink } from '../../../../parts/PageLink.tsx'
import { CountList } from '../Figures.tsx'
import { Section } from '../Section.tsx'
import type { BacktestMail } from './createBacktests.ts'

const FIRST = 8

/** How that differs from what is live now: whom it changes something for, and which journeys write more or less. */
export function BacktestComparison({
  result: { live, difference },
  messages,
}: {
  result: BacktestResult
  messages: readonly BacktestMail[]
}) {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const [showsAll, setShowsAll] = useState(false)
  const { customers, journeys, sample } = difference
  const changed = journeys.filter((one) => one.live !== one.candidate)
  // Whoever gets a mail of the journey is known by their address.
  const addresses = useMemo(() => new Map(messages.map(({ customerId, to }) => [customerId, to])), [messages])
  const shown = showsAll ? sample : sample.slice(0, FIRST)
  return (
    <Section
      title={
        live === null
          ? t('panels.backtest.compare.without')
          : t('panels.backtest.compare.with', { version: live })
      }
      text={t('panels.backtest.compare.text')}
    >
      <CountList
        rows={(['more', 'fewer', 'other', 'same'] as const).map((kind) => ({
          key: kind,
          name: t(`panels.backtest.compare.${kind}`),
          value: number(customers[kind]),
        }))}
      />
      {changed.length === 0 ? null : (
        <Table mt="xs" verticalSpacing={4} horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('panels.backtest.compare.journey')}</Table.Th>
              <Table.Th scope="col" ta="right">
                {t('panels.backtest.compare.now')}
              </Table.Th>
              <Table.Th scope="col" ta="right">
                {t('panels.backtest.compare.then')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changed.map((one) => (
              <Table.Tr key={one.journey}>
                <Table.Td className="any-text">{one.journey}</Table.Td>
                <Table.Td ta="right" className="figure">
                  {number(one.live)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {number(one.candidate)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {sample.length === 0 ? null : (
        <>
          <Text size="sm" fw={600} mt="xs">
            {t('panels.backtest.compare.sample')}
          </Text>
          <CountList
            rows={shown.map((one) => ({
              key: one.customerId,
              name: (
                <PageLink to="/customers/$customerId" params={{ customerId: one.customerId }} size="sm">
                  {addresses.get(one.customerId) ?? one.customerId}
                </PageLink>
              ),
              value: t('panels.backtest.compare.mails', {
                live: number(one.live),
                candidate: number(one.candidate),
              }),
            }))}
          />
          {sample.length > shown.length ? (
            <Button
              size="compact-sm"
              variant="subtle"
              style={{ alignSelf: 'flex-start' }}
              onClick={() => setShowsAll(true)}
            >
              {t('panels.more')}
            </Button>
          ) : null}
        </>
      )}
    </Section>
  )
}
