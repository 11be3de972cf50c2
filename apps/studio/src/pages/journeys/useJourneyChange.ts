import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { messageOf } from '../../api/apiProblem.ts'

/** Something that is done to a journey: what shows it is asked anew, and what went wrong is said. */
export function useJourneyChange<Result>(
  change: () => Promise<Result>,
  onDone: (result: Result) => string | undefined,
) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      const message = onDone(result)
      if (message !== undefined) notifications.show({ message, color: 'green' })
      await queryClient.invalidateQueries({ queryKey: ['journeys'] })
    },
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 }),
  })
}
