import { Button, Collapse, Group, Select, SimpleGrid, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFilter, IconSearch, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { filtersQuery } from './messageQueries.ts'
import { countFilters, type MessageSearch } from './messageSearch.ts'

interface Option {
  value: string
  label: string
}

type Filter = Exclude<keyof MessageSearch, 'state'>

const named = (values: readonly { id: string; name: string }[] = []) =>
  values.map(({ id, name }) => ({ value: id, label: name }))
const plain = (values: readonly string[] = []) => values.map((value) => ({ value, label: value }))

/** What the address names is shown, also where it is not among what is known. */
const withChosen = (options: Option[], chosen: string | undefined) =>
  chosen === undefined || options.some(({ value }) => value === chosen)
    ? options
    : [...options, { value: chosen, label: chosen }]

/** What the list is narrowed by. It stands in the address, so that a list can be kept and sent on. */
export function MessageFilters({ search }: { search: MessageSearch }) {
  const { t } = useTranslation(['messages', 'states'])
  const navigate = useNavigate()
  const { data } = useQuery(filtersQuery)
  const set = countFilters(search)
  const [isOpen, { toggle }] = useDisclosure(set > (search.to === undefined ? 0 : 1))
  const [to, setTo] = useState(search.to ?? '')
  useEffect(() => setTo(search.to ?? ''), [search.to])
  const fieldsId = useId()

  const change = (filter: Filter, value: string | null) => {
    const { [filter]: _before, ...others } = search
    void navigate({
      to: '/messages',
      search: value === null || value === '' ? others : { ...others, [filter]: value },
      replace: true,
    })
  }
  const find = (event: SyntheticEvent) => {
    event.preventDefault()
    change('to', to.trim())
  }
  const clear = () =>
    void navigate({
      to: '/messages',
      search: search.state === undefined ? {} : { state: search.state },
      replace: true,
    })
  const choice = (filter: 'purpose' | 'template' | 'journey' | 'campaign' | 'sender', options: Option[]) => (
    <Select
      label={t(`filters.${filter}`)}
      placeholder={t('filters.any')}
      data={withChosen(options, search[filter])}
      value={search[filter] ?? null}
      onChange={(value) => change(filter, value)}
      searchable={options.length > 6}
      clearable
      clearButtonProps={{ 'aria-label': t('filters.clear') }}
      comboboxProps={{ withinPortal: true }}
    />
  )

  return (
    <>
      <Group gap="xs" mb="sm" align="flex-end">
        <form onSubmit={find} role="search" style={{ flex: '1 1 260px', maxWidth: 420 }}>
          <TextInput
            aria-label={`${t('filters.to')}: ${t('filters.toPlaceholder')}`}
            placeholder={t('filters.toPlaceholder')}
            leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
            value={to}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
            maxLength={320}
          />
        </form>
        <Button
          variant="default"
          leftSection={<IconFilter size={16} stroke={1.6} aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={fieldsId}
          onClick={toggle}
        >
          {set === 0 ? t('filters.open') : t('filters.active', { count: set })}
        </Button>
        {set > 0 ? (
          <Button variant="subtle" leftSection={<IconX size={16} stroke={1.6} aria-hidden />} onClick={clear}>
            {t('filters.clear')}
          </Button>
        ) : null}
      </Group>
      <Collapse expanded={isOpen} id={fieldsId}>
        <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm" mb="md">
          {choice('journey', named(data?.journeys))}
          {choice('campaign', named(data?.campaigns))}
          {choice('template', plain(data?.templates))}
          {choice(
            'purpose',
            (['marketing', 'transactional'] as const).map((value) => ({
              value,
              label: t(`purpose.${value}`, { ns: 'states' }),
            })),
          )}
          {choice('sender', plain(data?.senders.map(({ id }) => id)))}
          {(['from', 'until'] as const).map((filter) => (
            <TextInput
              key={filter}
              type="date"
              label={t(`filters.${filter}`)}
              value={search[filter] ?? ''}
              onChange={({ currentTarget }) => change(filter, currentTarget.value)}
            />
          ))}
        </SimpleGrid>
      </Collapse>
    </>
  )
}
