import { Button, Group, Skeleton, Stack } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { IconFilter } from '@tabler/icons-react'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../parts/PageTitle.tsx'
import { useSession } from '../../session/useSession.ts'
import { Failure } from '../../shell/Failure.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { CustomerRows, type RowsHandle } from './CustomerRows.tsx'
import { ExportButton } from './ExportButton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { Found } from './Found.tsx'
import { isFiltered } from './listSearch.ts'
import { listQuery, type ListedCustomer } from './listQueries.ts'
import { Nobody } from './Nobody.tsx'
import { SearchBox } from './SearchBox.tsx'
import { useIsNarrow } from './useIsNarrow.ts'
import { useKeptColumns } from './useKeptColumns.ts'
import { useListSearch } from './useListSearch.ts'

/** The roles that may take everybody's data out: as the server has them. */
const EXPORTERS: ReadonlySet<string> = new Set(['owner', 'marketer'])

/** Customers who have moved to another place between two pages come twice. */
const unique = (customers: readonly ListedCustomer[]): ListedCustomer[] => [
  ...new Map(customers.map((customer) => [customer.id, customer])).values(),
]

/** All customers, and those that are looked for. */
export function CustomersPage() {
  const { t } = useTranslation('customers')
  const { role } = useSession()
  const finding = useListSearch()
  const { search, change, clear } = finding
  const [columns, setColumns] = useKeptColumns()
  const isNarrow = useIsNarrow()
  const [areFiltersOpen, { toggle: toggleFilters }] = useDisclosure(false)
  const list = useInfiniteQuery(listQuery(search))
  const rows = useRef<RowsHandle>(null)
  const customers = useMemo(
    () => unique((list.data?.pages ?? []).flatMap((page) => page.customers)),
    [list.data],
  )
  const { hasNextPage, isFetchingNextPage, isPlaceholderData, isError, fetchNextPage } = list
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isPlaceholderData && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isPlaceholderData, isError, fetchNextPage])
  const isNobodyThere =
    list.data !== undefined && customers.length === 0 && !isPlaceholderData && !isFiltered(search)
  if (isNobodyThere)
    return (
      <>
        <PageTitle title={t('title')} text={t('text')} />
        <Nobody search={search} onClear={clear} />
      </>
    )
  return (
    <Stack gap="sm">
      <PageTitle
        title={t('title')}
        text={t('text')}
        actions={EXPORTERS.has(role) && customers.length > 0 ? <ExportButton search={search} /> : null}
      />
      <Group gap="xs" wrap="nowrap">
        <SearchBox
          text={search.text ?? ''}
          onChange={(text) => change({ text }, { replace: true })}
          onDown={() => rows.current?.focusFirst()}
        />
        {isNarrow ? (
          <Button
            variant={isFiltered(search) ? 'light' : 'default'}
            px="sm"
            onClick={toggleFilters}
            aria-expanded={areFiltersOpen}
            leftSection={<IconFilter size={16} stroke={1.6} aria-hidden />}
          >
            {t('filters')}
          </Button>
        ) : (
          <ColumnsMenu columns={columns} onChange={setColumns} />
        )}
      </Group>
      {isNarrow && !areFiltersOpen ? null : <FilterBar {...finding} />}
      <Found search={search} />
      {list.isPending ? (
        <Stack gap={6} aria-busy="true">
          {Array.from({ length: 8 }, (_, place) => (
            <Skeleton key={place} height={46} />
          ))}
        </Stack>
      ) : null}
      {list.error ? <Failure error={list.error} reset={() => void list.refetch()} /> : null}
      {list.data && customers.length === 0 ? <Nobody search={search} onClear={clear} /> : null}
      {customers.length > 0 ? (
        <CustomerRows
          ref={rows}
          customers={customers}
          columns={columns}
          sort={search.sort ?? 'changed'}
          onSort={(sort) => change({ sort })}
          onEnd={onEnd}
          isStale={isPlaceholderData}
          isLoading={isFetchingNextPage}
        />
      ) : null}
    </Stack>
  )
}
