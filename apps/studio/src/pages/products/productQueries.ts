import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import type { ProductsSearch } from './readProductsSearch.ts'

const PAGE = '50'

/** Every product that changes is behind this. */
export const PRODUCTS = ['products'] as const

const pageOf = ({ text, stock }: ProductsSearch, cursor: string | undefined) =>
  ask(
    api.products.index.$get({
      query: {
        limit: PAGE,
        ...(text?.trim() ? { search: text.trim() } : {}),
        ...(stock ? { stock } : {}),
        ...(cursor === undefined ? {} : { cursor }),
      },
    }),
  )

export const productsQuery = (search: ProductsSearch) =>
  infiniteQueryOptions({
    queryKey: [...PRODUCTS, 'list', search],
    queryFn: ({ pageParam }) => pageOf(search, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })

export type ListedProduct = Awaited<ReturnType<typeof pageOf>>['products'][number]

const one = (id: string) => ask(api.products[':id'].$get({ param: { id: encodeURIComponent(id) } }))

export const productQuery = (id: string) =>
  queryOptions({ queryKey: [...PRODUCTS, 'one', id], queryFn: () => one(id) })

export type ProductDetail = Awaited<ReturnType<typeof one>>
