import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { messageOf } from '../../../api/apiProblem.ts'
import { customerKey } from '../customerQueries.ts'

/** Says that something was done. */
export const sayDone = (message: string) => notifications.show({ message, color: 'green' })

/** Something that is done to a customer: what its page shows is asked anew, and what went wrong is said. */
export function useCustomerChange<Input, Result>(
  id: string,
  change: (input: Input) => Promise<Result>,
  onDone: (result: Result, input: Input) => void,
) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (result, input) => {
      onDone(result, input)
      void queryClient.invalidateQueries({ queryKey: customerKey(id) })
    },
    onError: (error) => notifications.show({ message: messageOf(error), color: 'red', autoClose: 8_000 }),
  })
}
