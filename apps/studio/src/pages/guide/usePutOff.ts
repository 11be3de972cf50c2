import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { guideQuery, type GuideStepId } from './guideQuery.ts'

/** Puts a step off for everybody in the workspace, or takes it up again. */
export function usePutOff() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ step, isLater }: { step: GuideStepId; isLater: boolean }) =>
      ask(api.guide[':step'].$put({ param: { step } }, withBody({ isLater }))),
    onSuccess: (guide) => queryClient.setQueryData(guideQuery.queryKey, guide),
  })
}
