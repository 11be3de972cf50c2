import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { segmentsQuery } from '../segmentQueries.ts'

interface SegmentToSave {
  id: string
  name: string
  rule: unknown
}

/** Saves a segment; a new one never in the place of another. */
export function useSaveSegment({
  isNew,
  onSaved,
}: {
  isNew: boolean
  onSaved: (saved: SegmentToSave) => void
}) {
  const { t } = useTranslation('segments')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, name, rule }: SegmentToSave) => {
      const { init } = withBody({ name, rule })
      const headers = { ...init.headers, ...(isNew ? { 'if-none-match': '*' } : {}) }
      return await ask(api.segments[':id'].$put({ param: { id } }, { init: { ...init, headers } }))
    },
    onSuccess: async (_, saved) => {
      onSaved(saved)
      await queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === segmentsQuery.queryKey[0] && queryKey[1] !== 'preview',
      })
      await queryClient.invalidateQueries({ queryKey: ['customers', 'segments'] })
      notifications.show({ message: t('save.done', { name: saved.name }) })
      if (isNew)
        await navigate({
          to: '/segments/$segmentId',
          params: { segmentId: saved.id },
          search: {},
          replace: true,
          ignoreBlocker: true,
        })
    },
  })
}
