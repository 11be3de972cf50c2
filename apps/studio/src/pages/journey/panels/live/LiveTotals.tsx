import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../../formats/useFormats.ts'
import { useRunEnds } from '../../../customer/tabs/useRunEnds.ts'
import { CountList, Figures } from '../Figures.tsx'
import type { StepsOfJourney } from '../panelQueries.ts'
import { Section } from '../Section.tsx'

/** All runs of a journey together, and how they have ended. */
export function LiveTotals({ totals }: { totals: StepsOfJourney['totals'] }) {
  const { t } = useTranslation('journey')
  const { number } = useFormats()
  const endOf = useRunEnds()
  const ends = Object.entries(totals.ended).toSorted(([, one], [, other]) => other - one)
  return (
    <>
      <Figures
        figures={[
          { label: t('panels.live.entered'), value: number(totals.entered) },
          { label: t('panels.live.running'), value: number(totals.running) },
          { label: t('panels.live.goal'), value: number(totals.goal) },
        ]}
      />
      {ends.length === 0 ? null : (
        <Section title={t('panels.live.ends')}>
          <CountList
            rows={ends.map(([reason, count]) => ({ key: reason, name: endOf(reason), value: number(count) }))}
          />
        </Section>
      )}
    </>
  )
}
