import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../../formats/useFormats.ts'
import { useJourneyEditing } from '../../journeyEditing.ts'
import { Section } from '../Section.tsx'
import { BacktestMailRow } from './BacktestMailRow.tsx'
import classes from './BacktestMails.module.css'
import type { BacktestMail } from './createBacktests.ts'
import { mailsCsv } from './mailsCsv.ts'
import { saveText } from './saveText.ts'

/** In pixels, as the style sheet has it. */
const ROW_HEIGHT = 58

const OUTCOMES = ['all', 'sent', 'refused', 'expired', 'waiting'] as const

/** Who would have got what and when: all of it, however much that is, and as a file. */
export function BacktestMails({ messages, journey }: { messages: readonly BacktestMail[]; journey: string }) {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const { selected, definition } = useJourneyEditing()
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('all')
  const step = definition.steps.find(({ id, kind }) => id === selected && kind === 'send')?.id
  const shown = useMemo(
    () =>
      messages.filter(
        (one) => (outcome === 'all' || one.outcome === outcome) && (step === undefined || one.step === step),
      ),
    [messages, outcome, step],
  )
  const box = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  })
  if (messages.length === 0) return null
  return (
    <Section
      title={t('panels.backtest.mails.title')}
      text={
        step === undefined ? t('panels.backtest.mails.text') : t('panels.backtest.mails.ofStep', { step })
      }
    >
      <Group justify="space-between" gap="xs">
        <NativeSelect
          size="xs"
          aria-label={t('panels.backtest.mails.which')}
          value={outcome}
          onChange={({ currentTarget }) =>
            setOutcome(OUTCOMES.find((one) => one === currentTarget.value) ?? 'all')
          }
          data={OUTCOMES.map((value) => ({ value, label: t(`panels.backtest.outcomes.${value}`) }))}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.6} aria-hidden />}
          onClick={() => saveText(mailsCsv(shown), `${journey}-backtest.csv`, 'text/csv')}
        >
          {t('panels.backtest.mails.csv')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" role="status">
        {t('panels.backtest.mails.count', { count: shown.length, number: number(shown.length) })}
      </Text>
      {shown.length === 0 ? null : (
        <div
          ref={box}
          className={classes['box']}
          role="region"
          aria-label={t('panels.backtest.mails.title')}
          // Who has no mouse scrolls it with the arrows.
          tabIndex={0}
        >
          <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }} role="list">
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const mail = shown[index]
              return mail ? (
                <BacktestMailRow
                  key={mail.id}
                  mail={mail}
                  start={start}
                  place={index + 1}
                  of={shown.length}
                />
              ) : null
            })}
          </div>
        </div>
      )}
    </Section>
  )
}
