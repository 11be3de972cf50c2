import { Box, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../../../shell/Failure.tsx'
import { Loading } from '../../../shell/Loading.tsx'
import { transitionsQuery, type CustomerDetail, type Transition } from '../customerQueries.ts'
import { pathTaken } from './pathTaken.ts'
import { RegionPicture } from './RegionPicture.tsx'
import { RegionList } from './RegionList.tsx'
import classes from './Statechart.module.css'
import { STATE_CHART, type RegionChart } from './stateChart.ts'
import { useStateNames } from './useStateNames.ts'

function RegionView({
  chart,
  customer,
  transitions,
}: {
  chart: RegionChart
  customer: CustomerDetail
  transitions: readonly Transition[]
}) {
  const { t } = useTranslation(['customer', 'states'])
  const nameOf = useStateNames()
  const { region } = chart
  const { state: current, sentence } = customer.reasons[region]
  const [shown, setShown] = useState<string>()
  const ofRegion = transitions.filter((transition) => transition.region === region)
  const title = t(`region.${region}`, { ns: 'states' })
  const arrows = pathTaken(chart, transitions).map((arrow) => {
    const names = { from: nameOf(region, arrow.from), to: nameOf(region, arrow.to) }
    const by = arrow.by === undefined ? t('chart.unforeseen') : t(`chart.by.${arrow.by}`)
    const [last] = arrow.taken
    return {
      ...arrow,
      sentence: last
        ? `${t('chart.taken', { ...names, count: arrow.taken.length })} ${last.sentence}`
        : t('chart.untaken', { ...names, by }),
    }
  })
  const states = chart.places.map(({ state }) => {
    const entered = ofRegion.find(({ to }) => to === state)
    const name = nameOf(region, state)
    return {
      state,
      name,
      isCurrent: state === current,
      hasBeen: ofRegion.some(({ from, to }) => from === state || to === state),
      sentence:
        state === current
          ? t('chart.current', { name, sentence })
          : (entered?.sentence ?? t('chart.never', { name })),
    }
  })
  return (
    <div>
      <Title order={3} mb={4}>
        {title}
      </Title>
      <Box visibleFrom="sm">
        <RegionPicture chart={chart} label={title} states={states} arrows={arrows} onShow={setShown} />
        <Text size="sm" className={classes['sentence'] ?? ''} aria-live="polite">
          {shown ?? sentence}
        </Text>
      </Box>
      <Box hiddenFrom="sm">
        <RegionList current={nameOf(region, current)} sentence={sentence} transitions={ofRegion} />
      </Box>
    </div>
  )
}

/** The lifecycle as a picture: the states that are lit, and the way that led there. */
export function Statechart({ customer }: { customer: CustomerDetail }) {
  const { t, i18n } = useTranslation('customer')
  const { data, error, refetch } = useQuery(transitionsQuery(customer.id, i18n.language))
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed" visibleFrom="sm">
        {t('chart.text')}
      </Text>
      {STATE_CHART.map((chart) => (
        <RegionView key={chart.region} chart={chart} customer={customer} transitions={data} />
      ))}
    </Stack>
  )
}
