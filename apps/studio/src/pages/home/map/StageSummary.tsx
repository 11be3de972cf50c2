import { Anchor, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import type { HomeMap, StageFigures } from '../homeQuery.ts'
import { useMoney } from '../useMoney.ts'
import { StageJourneys } from './StageJourneys.tsx'

/** One stage: how many, how that changed, what they spend, and which journeys wait for them there. */
export function StageSummary({ figures, map }: { figures: StageFigures; map: HomeMap }) {
  const { t, i18n } = useTranslation(['home', 'states'])
  const formats = useFormats()
  const money = useMoney()
  const { stage, customers, change, spend, names } = figures
  const signed = new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' })
  const spent = money(spend)
  const others = customers - names.length
  const called =
    names.length === 0
      ? null
      : others > 0
        ? t('map.names', { names: names.join(', '), count: others })
        : names.join(', ')
  return (
    <Stack gap={2} h="100%">
      <Group justify="space-between" wrap="nowrap" gap="xs" align="baseline">
        <Anchor
          size="sm"
          fw={600}
          truncate
          renderRoot={(props) => <Link to={`/customers?stage=${stage}`} {...props} />}
        >
          {t(`stage.${stage}`, { ns: 'states' })}
        </Anchor>
        <Text size="xs" c="dimmed" className="figure" title={t('map.changeTitle')} flex="none">
          {change === 0 ? t('map.unchanged') : t('map.change', { difference: signed.format(change) })}
        </Text>
      </Group>
      <Text fz={22} fw={650} lh={1.2} className="figure">
        {formats.number(customers)}
      </Text>
      <Text size="xs" c="dimmed" truncate title={spent === null ? undefined : t('map.spendTitle')}>
        {spent === null ? t('map.noSpend') : t('map.spend', { money: spent })}
      </Text>
      {called === null ? null : (
        <Text size="xs" truncate title={called}>
          {called}
        </Text>
      )}
      <StageJourneys stage={stage} map={map} />
    </Stack>
  )
}
