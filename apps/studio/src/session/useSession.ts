import { useSuspenseQuery } from '@tanstack/react-query'
import { sessionQuery } from './sessionQuery.ts'

/** The session of this page. Only below `Shell`: the router has made sure that there is one. */
export const useSession = () => useSuspenseQuery(sessionQuery).data
