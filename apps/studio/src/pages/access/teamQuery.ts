import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

/** Who works here, and who was invited. For owners alone. */
export const teamQuery = queryOptions({
  queryKey: ['team'],
  queryFn: () => ask(api.team.index.$get()),
})

type Team = Awaited<ReturnType<NonNullable<typeof teamQuery.queryFn>>>
export type Member = Team['members'][number]
export type Invitation = Team['invitations'][number]
