import { Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import type { HomeMoney } from '../homeQuery.ts'
import { useJourneyName } from '../useJourneyName.ts'

type Lift = HomeMoney['lifts'][number]

/** What the mails of one journey have brought about. `people`: how many they were, where that is of another period. */
export function LiftLine({ lift, currency, people }: { lift: Lift; currency: string; people?: string }) {
  const { t, i18n } = useTranslation('home')
  const formats = useFormats()
  const nameOf = useJourneyName()
  const points = new Intl.NumberFormat(i18n.language, {
    signDisplay: 'exceptZero',
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
  })
  const { conversion, revenue } = lift
  const counted = t('lift.people', {
    mailed: formats.number(lift.mailedPeople),
    heldOut: formats.number(lift.heldOutPeople),
  })
  return (
    <Stack gap={0} component="li">
      <Text size="sm" fw={600} truncate title={nameOf(lift)}>
        {nameOf(lift)}
      </Text>
      <Text size="sm">
        {conversion
          ? t(`lift.${conversion.verdict}`, {
              difference: points.format(conversion.difference * 100),
              low: points.format(conversion.low * 100),
              high: points.format(conversion.high * 100),
            })
          : t('lift.tooFew')}
      </Text>
      {revenue ? (
        <Text size="sm">
          {t('lift.revenue', {
            difference: formats.money(Math.round(revenue.difference), currency),
            low: formats.money(Math.round(revenue.low), currency),
            high: formats.money(Math.round(revenue.high), currency),
          })}
        </Text>
      ) : null}
      <Text size="xs" c="dimmed">
        {people ?? counted}
      </Text>
    </Stack>
  )
}

/** What mails have brought about, as far as journeys that hold some out can tell. */
export function LiftList({ money }: { money: HomeMoney }) {
  const { t } = useTranslation('home')
  return (
    <div>
      <Title order={3} mb={4}>
        {t('lift.title')}
      </Title>
      {money.lifts.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('lift.none')}
        </Text>
      ) : (
        <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {money.lifts.map((lift) => (
            <LiftLine key={lift.id} lift={lift} currency={money.currency} />
          ))}
        </Stack>
      )}
    </div>
  )
}
