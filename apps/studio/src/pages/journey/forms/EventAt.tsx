import { ActionIcon, Autocomplete, Button, Group, Input, Paper, Select, Stack } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { seenAt } from '../../segments/fields/EventFields.tsx'
import { PathField } from '../../segments/fields/PathField.tsx'
import { ValueFields } from '../../segments/fields/ValueFields.tsx'
import { EVENT_TYPES, isNamed, type Condition } from '../../segments/rule/vocabulary.ts'
import { seenNamesQuery, seenPropertiesQuery } from '../../segments/segmentQueries.ts'
import type { Path } from '../model/valueAtPath.ts'
import { useField } from './useField.ts'

interface Where {
  path: string[]
  condition: Condition
}

const MOST_WHERES = 5
const fine = () => ({ error: false })
/** What shops tell most, also before anything has come in. */
const USUAL = [
  'Product Viewed',
  'Product Added',
  'Checkout Started',
  'Order Completed',
  'Order Cancelled',
  'Subscribed',
  'Signed Up',
]

/** Which event is meant: its kind, its name as the shop sends it, and what its details have to be. */
export function EventAt({ path }: { path: Path }) {
  const { t } = useTranslation('journey')
  const type = useField<string>([...path, 'type'])
  const name = useField<string>([...path, 'name'])
  const where = useField<Where[]>([...path, 'where'])
  const { data: seen } = useQuery({ ...seenNamesQuery, enabled: !name.isReadOnly })
  const wheres = where.value ?? []
  const kind = type.value ?? 'track'
  const { data } = useQuery({
    ...seenPropertiesQuery(kind, name.value),
    enabled: wheres.length > 0,
  })
  const properties = data?.properties ?? []
  const names = [
    ...(seen?.events ?? []).flatMap((event) =>
      event.type === kind && event.name !== null ? [event.name] : [],
    ),
    ...(kind === 'track' ? USUAL : []),
  ]
  return (
    <Stack gap="sm">
      {isNamed(kind) ? (
        <Autocomplete
          label={t('form.event')}
          description={t('form.eventAbout')}
          data={[...new Set(names)]}
          limit={60}
          value={name.value ?? ''}
          error={name.error}
          readOnly={name.isReadOnly}
          onChange={(text) => name.set(text === '' ? undefined : text)}
        />
      ) : null}
      <Select
        label={t('form.eventType')}
        data={EVENT_TYPES.map((value) => ({ value, label: t(`form.calls.${value}`) }))}
        value={kind}
        allowDeselect={false}
        readOnly={type.isReadOnly}
        error={type.error}
        onChange={(next) => next !== null && type.set(next)}
      />
      {wheres.length > 0 || !where.isReadOnly ? (
        <Input.Wrapper label={t('form.where')} labelElement="div" error={where.error}>
          <Stack gap={6} mt={4}>
            {wheres.map((one, place) => (
              // Two details may be the same, and none has a name of its own.
              <Paper withBorder p={6} key={`${place}-${wheres.length}`}>
                <Group gap={6}>
                  <PathField
                    path={one.path}
                    seen={properties}
                    onChange={(next) => where.set(wheres.with(place, { ...one, path: next }))}
                    fault={{ error: false }}
                  />
                  <ValueFields
                    condition={one.condition}
                    seen={seenAt(properties, one.path)}
                    onChange={(condition) => where.set(wheres.with(place, { ...one, condition }))}
                    fault={fine}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('form.remove')}
                    onClick={() => where.set(wheres.toSpliced(place, 1))}
                  >
                    <IconX size={14} stroke={1.6} aria-hidden />
                  </ActionIcon>
                </Group>
              </Paper>
            ))}
            {wheres.length < MOST_WHERES && !where.isReadOnly ? (
              <Button
                size="compact-xs"
                variant="subtle"
                style={{ alignSelf: 'flex-start' }}
                leftSection={<IconPlus size={12} stroke={1.6} aria-hidden />}
                onClick={() => where.set([...wheres, { path: [], condition: { operator: 'is', value: '' } }])}
              >
                {t('form.addWhere')}
              </Button>
            ) : null}
          </Stack>
        </Input.Wrapper>
      ) : null}
    </Stack>
  )
}
