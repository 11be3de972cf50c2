import { SimpleGrid, Skeleton, Text } from '@mantine/core'
import type { OnsiteMessage } from '@ciclo/engine'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import { FIGURE_DAYS, figuresQuery } from '../onsiteQueries.ts'

/** What became of a message lately. */
export function FiguresPanel({ message: { id, kind, scale } }: { message: OnsiteMessage }) {
  const { t, i18n } = useTranslation('onsite')
  const { number, percent } = useFormats()
  const { data, error, refetch } = useQuery(figuresQuery(id))
  const isForm = kind === 'signUp' || kind === 'contest'
  const figures = data
    ? [
        { word: t('figures.shown'), value: data.shown },
        { word: t('figures.closed'), value: data.closed },
        ...(kind === 'popUp' || kind === 'bar' ? [{ word: t('figures.clicked'), value: data.clicked }] : []),
        ...(kind === 'contest' ? [{ word: t('figures.entered'), value: data.answered }] : []),
        ...(kind === 'survey' ? [{ word: t('figures.answered'), value: data.answered }] : []),
        ...(isForm ? [{ word: t('figures.signedUp'), value: data.signedUp }] : []),
      ]
    : []
  const score = scale && data ? data.score : null
  return (
    <Panel title={t('figures.title', { days: FIGURE_DAYS })}>
      {error ? <Failure error={error} reset={() => void refetch()} /> : null}
      {data ? (
        <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="xs">
          {figures.map(({ word, value }, place) => (
            <div key={word}>
              <Text fw={700} fz={22} lh={1.2} className="figure">
                {number(value)}
              </Text>
              <Text size="xs" c="dimmed">
                {word}
                {place > 0 && data.shown > 0 ? ` · ${percent(value / data.shown)}` : ''}
              </Text>
            </div>
          ))}
          {score === null ? null : (
            <div>
              <Text fw={700} fz={22} lh={1.2} className="figure">
                {new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(score)}
              </Text>
              <Text size="xs" c="dimmed">
                {t('figures.score')}
              </Text>
            </div>
          )}
        </SimpleGrid>
      ) : error ? null : (
        <Skeleton height={48} aria-busy="true" />
      )}
      <Text size="xs" c="dimmed">
        {t('figures.text')}
      </Text>
    </Panel>
  )
}
