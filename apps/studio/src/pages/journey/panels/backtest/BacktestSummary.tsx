import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BacktestResult } from '../../../../api/contract.ts'
import { useFormats } from '../../../../formats/useFormats.ts'
import { useMailReasons } from '../../../customer/mail/mailWords.ts'
import { useRunEnds } from '../../../customer/tabs/useRunEnds.ts'
import { CountList, Figures } from '../Figures.tsx'
import { Section } from '../Section.tsx'
import { BacktestCollisions } from './BacktestCollisions.tsx'
import { BacktestComparison } from './BacktestComparison.tsx'
import { BacktestMails } from './BacktestMails.tsx'
import type { BacktestMail } from './createBacktests.ts'

const byCount = ([, one]: [string, number], [, other]: [string, number]) => other - one

/** What a back-test has found, in words. */
export function BacktestSummary({
  result,
  messages,
}: {
  result: BacktestResult
  messages: readonly BacktestMail[]
}) {
  const { t } = useTranslation('journey')
  const { number, date } = useFormats()
  const endOf = useRunEnds()
  const reasonOf = useMailReasons()
  const { runs, mails, templates, refusals, postponed } = result
  const rowsOf = (counts: Readonly<Record<string, number>>, nameOf: (name: string) => string) =>
    Object.entries(counts)
      .toSorted(byCount)
      .map(([key, count]) => ({ key, name: nameOf(key), value: number(count) }))
  const ends = rowsOf(runs.ended, endOf)
  const running = { key: '', name: t('panels.backtest.running'), value: number(runs.running) }
  return (
    <>
      <Text size="sm" role="status">
        {t('panels.backtest.sentence', {
          customers: number(result.customers),
          came: number(runs.customers),
          sent: number(mails.sent),
          since: date(result.since),
          until: date(result.until),
        })}
      </Text>
      <Figures
        figures={[
          { label: t('panels.backtest.started'), value: number(runs.started) },
          { label: t('panels.backtest.mailsSent'), value: number(mails.sent) },
          { label: t('panels.backtest.mailsNot'), value: number(mails.refused + mails.expired) },
        ]}
      />
      {runs.started === 0 ? null : (
        <Section title={t('panels.backtest.ends')} text={t('panels.backtest.endsText')}>
          <CountList rows={runs.running > 0 ? [...ends, running] : ends} />
        </Section>
      )}
      {templates.length === 0 ? null : (
        <Section title={t('panels.backtest.templates')}>
          <CountList
            rows={templates.map(({ template, sent }) => ({
              key: template,
              name: template,
              value: number(sent),
            }))}
          />
        </Section>
      )}
      {mails.refused + mails.expired + mails.waiting === 0 ? null : (
        <Section title={t('panels.backtest.notSent')} text={t('panels.backtest.notSentText')}>
          <CountList
            rows={[
              ...rowsOf(refusals, reasonOf),
              ...(mails.expired > 0 && !Object.hasOwn(refusals, 'expired')
                ? [{ key: ' expired', name: reasonOf('expired'), value: number(mails.expired) }]
                : []),
              ...(mails.waiting > 0
                ? [{ key: ' waiting', name: t('panels.backtest.stillWaiting'), value: number(mails.waiting) }]
                : []),
            ]}
          />
        </Section>
      )}
      {Object.keys(postponed).length === 0 ? null : (
        <Section title={t('panels.backtest.postponed')} text={t('panels.backtest.postponedText')}>
          <CountList rows={rowsOf(postponed, reasonOf)} />
        </Section>
      )}
      <BacktestCollisions collisions={result.collisions} />
      <BacktestComparison result={result} messages={messages} />
      <BacktestMails messages={messages} journey={result.journey} />
    </>
  )
}
