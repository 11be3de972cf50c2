import { Alert, Button, Group, NumberInput, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../../api/apiProblem.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { Fields } from '../form/Fields.tsx'
import type { Sender } from './sendersQuery.ts'
import type { SenderActions } from './useSenderActions.ts'
import { warmUpDays } from './warmUpDays.ts'

const USUAL = { first: 50, growth: 2, until: 50_000 }

/** How slowly a new sender is made known. */
export function LimitsPanel({
  sender: { limits, warmUp },
  actions: { save },
  mayChange,
}: {
  sender: Sender
  actions: SenderActions
  mayChange: boolean
}) {
  const { t } = useTranslation('settings')
  const { number, dateTime } = useFormats()
  const [plan, setPlan] = useState(limits.warmUp)
  const isChanged = JSON.stringify(plan) !== JSON.stringify(limits.warmUp)
  const days = plan ? warmUpDays(plan) : undefined
  const field = (name: 'first' | 'growth' | 'until') => ({
    label: t(`warmUp.${name}`),
    value: plan?.[name] ?? '',
    disabled: !mayChange,
    onChange: (value: number | string) => {
      if (plan && typeof value === 'number') setPlan({ ...plan, [name]: value })
    },
  })
  return (
    <Panel title={t('warmUp.title')} text={t('warmUp.text')}>
      <Switch
        label={t('warmUp.on')}
        checked={plan !== null}
        disabled={!mayChange}
        onChange={({ currentTarget }) =>
          setPlan(currentTarget.checked ? { startedAt: Date.now(), ...USUAL } : null)
        }
      />
      {plan ? (
        <Fields cols={{ base: 1, xs: 3 }}>
          <NumberInput min={1} thousandSeparator=" " {...field('first')} />
          <NumberInput min={1.1} max={10} step={0.5} decimalScale={2} {...field('growth')} />
          <NumberInput min={1} thousandSeparator=" " {...field('until')} />
        </Fields>
      ) : null}
      {plan && days ? (
        <Text size="sm" role="status">
          {t('warmUp.plan', {
            first: number(plan.first),
            second: number(Math.floor(plan.first * plan.growth)),
            until: number(plan.until),
            days: number(days),
          })}
        </Text>
      ) : null}
      {warmUp ? (
        <Text size="sm">
          {t('warmUp.today', {
            sent: number(warmUp.sent),
            mails: number(warmUp.mails),
            until: dateTime(warmUp.until),
          })}
        </Text>
      ) : null}
      {save.error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(save.error)}
        </Alert>
      ) : null}
      {mayChange ? (
        <Group justify="flex-end">
          <Button
            size="xs"
            disabled={!isChanged}
            loading={save.isPending}
            onClick={() => save.mutate({ limits: { ...limits, warmUp: plan } })}
          >
            {t('form.save')}
          </Button>
        </Group>
      ) : null}
    </Panel>
  )
}
