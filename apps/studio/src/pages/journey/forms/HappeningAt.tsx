import { Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'
import { EventAt } from './EventAt.tsx'
import { SelectAt, type FieldAt } from './fields.tsx'
import { RuleAt } from './RuleAt.tsx'
import { useField } from './useField.ts'

/** What a happening of each kind begins with. */
export const HAPPENINGS = {
  event: { kind: 'event', name: 'Order Completed' },
  condition: {
    kind: 'condition',
    rule: { kind: 'lifecycle', region: 'stage', states: ['active'] },
  },
  cartClosed: { kind: 'cartClosed' },
} as const

/** What a run waits for, is ended by or is there for. */
export function HappeningAt({ path, label, about }: FieldAt) {
  const { t } = useTranslation('journey')
  const { definition } = useJourneyEditing()
  const { value, set, error, isReadOnly } = useField<{ kind: keyof typeof HAPPENINGS }>(path, false)
  const kind = value?.kind ?? 'event'
  const hasCart = definition.key === 'cart' || definition.key === 'checkout'
  return (
    <Stack gap="sm">
      <Select
        label={label}
        {...(about === undefined ? {} : { description: about })}
        value={kind}
        error={error}
        readOnly={isReadOnly}
        allowDeselect={false}
        data={[
          { value: 'event', label: t('form.happeningEvent') },
          { value: 'condition', label: t('form.happeningCondition') },
          ...(hasCart || kind === 'cartClosed'
            ? [{ value: 'cartClosed', label: t('form.happeningCart') }]
            : []),
        ]}
        onChange={(next) => next !== null && next !== kind && set(HAPPENINGS[next as typeof kind])}
      />
      {kind === 'event' ? (
        <>
          <EventAt path={path} />
          {definition.key === undefined ? null : (
            <SelectAt
              path={[...path, 'about']}
              label={t('form.about')}
              choices={[
                { value: 'run', label: t('form.aboutRun') },
                { value: 'customer', label: t('form.aboutCustomer') },
              ]}
            />
          )}
        </>
      ) : null}
      {kind === 'condition' ? <RuleAt path={[...path, 'rule']} label={t('form.happeningCondition')} /> : null}
    </Stack>
  )
}
