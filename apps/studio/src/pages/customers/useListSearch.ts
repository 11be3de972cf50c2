import { getRouteApi } from '@tanstack/react-router'
import { readListSearch, type ListSearch } from './listSearch.ts'

const route = getRouteApi('/inside/customers')

/** Any of the search's parts with a new value; an empty one is taken out. */
export type SearchChange = { [Name in keyof ListSearch]?: string | undefined }

/** Who is looked for, from the address, and how to change it there: what is typed replaces it, a choice is a step back. */
export function useListSearch() {
  // What the address says besides is in it as well: the router takes nothing away.
  const search = readListSearch({ ...route.useSearch() })
  const navigate = route.useNavigate()
  return {
    search,
    change: (changed: SearchChange, how: { replace?: boolean } = {}) => {
      void navigate({
        search: (before) => readListSearch({ ...before, ...changed }),
        replace: how.replace ?? false,
      })
    },
    clear: () => {
      void navigate({ search: ({ sort }) => (sort === undefined ? {} : { sort }) })
    },
  }
}
