import { Button, Group, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LIST_SORTS, isFiltered, statesIn } from './listSearch.ts'
import { PlaceFilter } from './PlaceFilter.tsx'
import { REGION_NAMES } from './regionStates.ts'
import { SegmentFilter } from './SegmentFilter.tsx'
import { StateFilter } from './StateFilter.tsx'
import type { useListSearch } from './useListSearch.ts'

/** By what the list is filtered and sorted. */
export function FilterBar({ search, change, clear }: ReturnType<typeof useListSearch>) {
  const { t } = useTranslation('customers')
  return (
    <Group gap={6} role="group" aria-label={t('filters')}>
      <SegmentFilter segment={search.segment} onChange={(segment) => change({ segment })} />
      {REGION_NAMES.map((region) => (
        <StateFilter
          key={region}
          region={region}
          chosen={statesIn(search, region)}
          onChange={(states) => change({ [region]: states.join(',') })}
        />
      ))}
      <PlaceFilter
        place={{ country: search.country ?? '', locale: search.locale ?? '' }}
        onChange={(place) => change({ ...place })}
      />
      {isFiltered(search) ? (
        <Button variant="subtle" size="xs" onClick={clear}>
          {t('clear')}
        </Button>
      ) : null}
      <Select
        size="xs"
        w={170}
        ml="auto"
        aria-label={t('sort')}
        data={LIST_SORTS.map((name) => ({ value: name, label: t(`sorts.${name}`) }))}
        value={search.sort ?? 'changed'}
        onChange={(sort) => change({ sort: sort ?? undefined })}
        allowDeselect={false}
        checkIconPosition="right"
      />
    </Group>
  )
}
