import { ActionIcon, Autocomplete, Button, Stack } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSeen } from '../editor/ruleEditing.ts'
import { Sentence } from '../editor/Sentence.tsx'
import { EVENT_TYPES, isNamed, textOf, type Condition } from '../rule/vocabulary.ts'
import { seenPropertiesQuery, type SeenValues } from '../segmentQueries.ts'
import { AmountField } from './AmountField.tsx'
import { ChoiceField } from './ChoiceField.tsx'
import { DurationField } from './DurationField.tsx'
import { faultBelow, type FieldsProps } from './fieldProps.ts'
import { PathField } from './PathField.tsx'
import { ValueFields } from './ValueFields.tsx'

interface Where {
  path: string[]
  condition: Condition
}

const NONE_SEEN: SeenValues = []
const MOST_WHERES = 5
const SOME_DAYS = 30 * 86_400_000

export const seenAt = (seen: SeenValues, path: readonly string[]) =>
  seen.find((place) => place.path.join('\n') === path.join('\n'))

/** Something that happened: what, how often, when, and with which details. */
export function EventFields({ leaf, change, fault }: FieldsProps) {
  const { t } = useTranslation('segments')
  const seen = useSeen()
  const type = textOf(leaf['type']) || 'track'
  const name = typeof leaf['name'] === 'string' ? leaf['name'] : undefined
  const within = typeof leaf['within'] === 'number' ? leaf['within'] : null
  const wheres = (leaf['where'] ?? []) as Where[]
  const { data } = useQuery({
    ...seenPropertiesQuery(type, name),
    enabled: wheres.length > 0 && (!isNamed(type) || name !== ''),
  })
  const properties = data?.properties ?? NONE_SEEN
  const names = seen.events.flatMap((event) =>
    event.type === type && event.name !== null ? [event.name] : [],
  )
  const setWhere = (place: number, where: Where, field?: string) =>
    change({ where: wheres.with(place, where) }, field && `where.${place}.${field}`)
  return (
    <Stack gap={6}>
      <Sentence
        pattern={t(isNamed(type) ? 'sentences.event' : 'sentences.call')}
        fields={{
          type: (
            <ChoiceField
              label={t('fields.type')}
              value={type}
              choices={EVENT_TYPES.map((value) => ({ value, label: t(`calls.${value}`) }))}
              // Only some calls have a name; without one, any of them counts.
              onChange={(next) =>
                change({
                  type: next,
                  name: next === 'track' ? (name ?? '') : isNamed(next) ? name : undefined,
                })
              }
              fault={fault('type')}
            />
          ),
          name: (
            <Autocomplete
              size="xs"
              aria-label={t('fields.name')}
              placeholder={type === 'track' ? t('fields.choose') : t('fields.anyName')}
              w={190}
              limit={60}
              data={[...new Set(names)]}
              value={name ?? ''}
              onChange={(text) =>
                change({ name: text === '' && type !== 'track' ? undefined : text }, 'name')
              }
              comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
              {...fault('name')}
            />
          ),
          atLeast: (
            <AmountField
              label={t('fields.atLeast')}
              value={typeof leaf['atLeast'] === 'number' ? leaf['atLeast'] : 1}
              width={48}
              onChange={(atLeast) => change({ atLeast: atLeast ?? 0 }, 'atLeast')}
              fault={fault('atLeast')}
            />
          ),
          within: (
            <>
              <ChoiceField
                label={t('fields.window')}
                value={within === null ? 'ever' : 'window'}
                choices={(['window', 'ever'] as const).map((value) => ({
                  value,
                  label: t(`windows.${value}`),
                }))}
                onChange={(when) => change({ within: when === 'ever' ? null : SOME_DAYS })}
              />
              {within === null ? null : (
                <DurationField
                  value={within}
                  onChange={(next) => change({ within: next }, 'within')}
                  fault={fault('within')}
                />
              )}
            </>
          ),
        }}
      />
      {wheres.map((where, place) => (
        <Sentence
          // Two details may be the same, and none has a name of its own.
          key={`${place}-${wheres.length}`}
          pattern={`${t('sentences.where')} {remove}`}
          fields={{
            path: (
              <PathField
                path={where.path}
                seen={properties}
                onChange={(path) => setWhere(place, { ...where, path }, 'path')}
                fault={fault(`where.${place}.path`)}
              />
            ),
            condition: (
              <ValueFields
                condition={where.condition}
                seen={seenAt(properties, where.path)}
                onChange={(condition, field) => setWhere(place, { ...where, condition }, field)}
                fault={faultBelow(fault, `where.${place}.condition`)}
              />
            ),
            remove: (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('condition.removeWhere')}
                onClick={() => change({ where: wheres.toSpliced(place, 1) })}
              >
                <IconX size={14} stroke={1.6} aria-hidden />
              </ActionIcon>
            ),
          }}
        />
      ))}
      {wheres.length < MOST_WHERES ? (
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={12} stroke={1.6} aria-hidden />}
          onClick={() =>
            change({ where: [...wheres, { path: [], condition: { operator: 'is', value: '' } }] })
          }
        >
          {t('condition.addWhere')}
        </Button>
      ) : null}
    </Stack>
  )
}
