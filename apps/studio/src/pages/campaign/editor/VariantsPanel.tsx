import {
  ActionIcon,
  Alert,
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../api/contract.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { Fields } from '../../settings/form/Fields.tsx'
import { useCampaignEditing } from './campaignEditing.ts'
import { smallestDifference } from './smallestDifference.ts'
import { StringsFields } from './StringsFields.tsx'
import { useTemplateChoices } from './useTemplateChoices.ts'

const MOST_VARIANTS = 5
/** What is varied most. */
const FIRST = ['subject']
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/

type Variant = Campaign['variants'][number]

/** The first free letter: a, b, c. */
function nextId(variants: readonly Variant[]): string {
  const taken = new Set(variants.map(({ id }) => id))
  return (
    ['a', 'b', 'c', 'd', 'e', 'f'].find((letter) => !taken.has(letter)) ?? `variant-${variants.length + 1}`
  )
}

const newVariant = (variants: readonly Variant[]): Variant => ({
  id: nextId(variants),
  strings: {},
  weight: 1,
})

/** In what the variants of the mail differ, and how many get each. */
export function VariantsPanel({ recipients }: { recipients: number | undefined }) {
  const { t } = useTranslation('campaigns')
  const formats = useFormats()
  const { campaign, change, isReadOnly } = useCampaignEditing()
  const { variants } = campaign
  const start = () => {
    const first = newVariant([])
    change({ variants: [first, newVariant([first])] })
  }
  if (variants.length === 0)
    return (
      <Panel title={t('variants.title')} text={t('variants.none')}>
        {isReadOnly ? null : (
          <Button variant="default" w="fit-content" onClick={start}>
            {t('variants.start')}
          </Button>
        )}
      </Panel>
    )
  const sum = variants.reduce((all, { weight }) => all + weight, 0)
  const smallest =
    recipients === undefined
      ? undefined
      : Math.floor((recipients * Math.min(...variants.map(({ weight }) => weight))) / sum)
  const remove = (place: number) =>
    change({ variants: variants.length <= 2 ? [] : variants.filter((_, at) => at !== place) })
  return (
    <Panel
      title={t('variants.title')}
      text={t('variants.text')}
      actions={
        isReadOnly ? null : (
          <Button variant="subtle" size="compact-sm" onClick={() => change({ variants: [] })}>
            {t('variants.stop')}
          </Button>
        )
      }
    >
      {variants.map((variant, place) => (
        <OneVariant
          // Its id is typed.
          key={place}
          variant={variant}
          place={place}
          share={variant.weight / sum}
          onRemove={() => remove(place)}
        />
      ))}
      {isReadOnly || variants.length >= MOST_VARIANTS ? null : (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={() => change({ variants: [...variants, newVariant(variants)] })}
        >
          {t('variants.add')}
        </Button>
      )}
      <Alert color="blue">
        <Text size="sm">{t('variants.vary')}</Text>
        <Text size="sm" mt={4}>
          {t('variants.tells')}
        </Text>
        {smallest === undefined || smallest < 1 ? null : (
          <Text size="sm" mt={4}>
            {t('variants.needs', {
              people: formats.number(smallest),
              difference: formats.number(Math.max(1, Math.round(smallestDifference(smallest) * 100))),
            })}
          </Text>
        )}
      </Alert>
    </Panel>
  )
}

function OneVariant({
  variant,
  place,
  share,
  onRemove,
}: {
  variant: Variant
  place: number
  share: number
  onRemove: () => void
}) {
  const { t } = useTranslation('campaigns')
  const { percent } = useFormats()
  const { campaign, change, problemAt, isReadOnly } = useCampaignEditing()
  const { variants, template: common = '' } = campaign
  const { id, strings, weight } = variant
  const template = variant.template ?? ''
  const templates = useTemplateChoices([template])
  const set = (changes: Partial<Variant>, field?: string) =>
    change(
      { variants: variants.map((one, at) => (at === place ? { ...one, ...changes } : one)) },
      field && `variants.${place}.${field}`,
    )
  const isWrong = !ID.test(id) || variants.some((one, at) => at !== place && one.id === id)
  const rename = (typed: string) => set({ id: typed.toLowerCase() }, 'id')
  const choose = (name: string | null) => {
    if (name === null) return
    const { template: _before, ...rest } = variant
    const next = name === '' ? rest : { ...rest, template: name }
    change({ variants: variants.map((one, at) => (at === place ? next : one)) })
  }
  const problem = problemAt(`variants.${place}`)
  return (
    <Paper withBorder p="sm" role="group" aria-label={t('variants.heading', { id })}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <div>
            <Text fw={600} className="any-text">
              {t('variants.heading', { id })}
            </Text>
            <Text size="xs" c="dimmed">
              {t('variants.share', { percent: percent(share) })}
              {place === 0 ? ` · ${t('variants.first')}` : ''}
            </Text>
          </div>
          {isReadOnly ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('variants.remove', { id })}
              onClick={onRemove}
            >
              <IconTrash size={16} stroke={1.6} aria-hidden />
            </ActionIcon>
          )}
        </Group>
        {problem === undefined ? null : (
          <Text size="sm" c="var(--mantine-color-error)" className="any-text">
            {problem}
          </Text>
        )}
        <Fields cols={{ base: 1, sm: 3 }}>
          <TextInput
            label={t('variants.id')}
            description={t('variants.idText')}
            maxLength={64}
            readOnly={isReadOnly}
            value={id}
            onChange={({ currentTarget }) => rename(currentTarget.value)}
            error={isWrong ? t('variants.idWrong') : undefined}
          />
          <NumberInput
            label={t('variants.weight')}
            min={1}
            max={1_000}
            allowDecimal={false}
            readOnly={isReadOnly}
            value={weight}
            onChange={(value) => typeof value === 'number' && value >= 1 && set({ weight: value }, 'weight')}
          />
          <Select
            label={t('variants.template')}
            data={[{ value: '', label: t('variants.same', { name: common }) }, ...templates]}
            value={template}
            searchable
            allowDeselect={false}
            readOnly={isReadOnly}
            onChange={choose}
          />
        </Fields>
        {(template || common) === '' ? null : (
          <StringsFields
            template={template || common}
            first={FIRST}
            strings={strings}
            isReadOnly={isReadOnly}
            onChange={(changed, field) => set({ strings: changed }, field)}
          />
        )}
      </Stack>
    </Paper>
  )
}
