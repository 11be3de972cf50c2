import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BacktestResult } from '../../../../api/contract.ts'
import { useFormats } from '../../../../formats/useFormats.ts'
import { CountList } from '../Figures.tsx'
import { JourneyLink } from '../JourneyLink.tsx'
import { Section } from '../Section.tsx'

/** By what name mails from before the period are counted. */
const EARLIER = 'earlier'

const KINDS = ['nearBy', 'heldBackBy', 'heldBack', 'overtakenBy', 'overtook'] as const

/** Where the journey and others come into each other's way. */
export function BacktestCollisions({ collisions }: { collisions: BacktestResult['collisions'] }) {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const shown = KINDS.filter((kind) => Object.keys(collisions[kind]).length > 0)
  return (
    <Section title={t('panels.backtest.collisions.title')} text={t('panels.backtest.collisions.text')}>
      {shown.length === 0 ? <Text size="sm">{t('panels.backtest.collisions.none')}</Text> : null}
      {shown.map((kind) => (
        <div key={kind}>
          <Text size="sm" fw={600}>
            {kind === 'nearBy'
              ? t('panels.backtest.collisions.near', {
                  count: collisions.near,
                  number: number(collisions.near),
                })
              : t(`panels.backtest.collisions.${kind}`)}
          </Text>
          <CountList
            rows={Object.entries(collisions[kind])
              .toSorted(([, one], [, other]) => other - one)
              .map(([journey, count]) => ({
                key: journey,
                name:
                  journey === EARLIER ? (
                    t('panels.backtest.collisions.earlier')
                  ) : (
                    <JourneyLink id={journey} size="sm" />
                  ),
                value: number(count),
              }))}
          />
        </div>
      ))}
    </Section>
  )
}
