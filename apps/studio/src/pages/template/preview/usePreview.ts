import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import type { TemplateValue } from '../../templates/templateQueries.ts'
import { stampOf } from '../parts/stampOf.ts'

export interface PreviewChoice {
  /** Null: made-up data. */
  customerId: string | null
  /** Null: the customer's, or the shop's. */
  locale: string | null
}

/** What a preview and a test mail ask for. */
export const requestOf = (value: TemplateValue, { customerId, locale }: PreviewChoice) => ({
  source: value,
  ...(customerId === null ? {} : { customerId }),
  ...(locale === null ? {} : { locale }),
})

/** The server's own render of what stands in the editor. */
export const usePreview = (name: string, value: TemplateValue, choice: PreviewChoice) =>
  useQuery({
    queryKey: ['template-preview', name, choice, stampOf(value)],
    queryFn: ({ signal }) =>
      ask(
        api.templates[':name'].preview.$post(
          { param: { name } },
          { init: { ...withBody(requestOf(value, choice)).init, signal } },
        ),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  })
