import { Loader, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'

const MADE_UP = ''

/** With whose data a mail is shown: any customer's, found by address or name, or made-up data. */
export function CustomerPick({
  customerId,
  onChange,
}: {
  customerId: string | null
  onChange: (customerId: string | null) => void
}) {
  const { t } = useTranslation('template')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<{ value: string; label: string }>()
  const [text] = useDebouncedValue(typed.trim(), 250)
  const isChosen = chosen?.label === text
  const { data, isFetching } = useQuery({
    queryKey: ['template-preview', 'customers', text],
    queryFn: ({ signal }) =>
      ask(
        api.customerSearch.index.$get(
          { query: { limit: '12', ...(text === '' ? {} : { text }) } },
          { init: { signal } },
        ),
      ),
    enabled: !isChosen && text !== t('preview.madeUp'),
    placeholderData: keepPreviousData,
  })
  const found = (data?.customers ?? [])
    .filter(({ email }) => email !== null)
    .map(({ id, email, name }) => ({
      value: id,
      label: name === null ? String(email) : `${name} · ${email}`,
    }))
  const others = found.filter(({ value }) => value !== chosen?.value)
  return (
    <Select
      size="xs"
      label={t('preview.customer')}
      data={[{ value: MADE_UP, label: t('preview.madeUp') }, ...(chosen ? [chosen] : []), ...others]}
      value={customerId ?? MADE_UP}
      onChange={(value) => {
        setChosen(value === null || value === MADE_UP ? undefined : found.find((one) => one.value === value))
        onChange(value === null || value === MADE_UP ? null : value)
      }}
      searchable
      onSearchChange={setTyped}
      // The server has found them: by parts of names that the label may not show.
      filter={({ options }) => options}
      allowDeselect={false}
      maxDropdownHeight={320}
      rightSection={isFetching ? <Loader size={14} /> : null}
      nothingFoundMessage={t('preview.nobody')}
    />
  )
}
