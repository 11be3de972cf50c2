import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { isSignedOut } from '../session/isSignedOut.ts'
import { leaveForSignIn } from '../session/leaveForSignIn.ts'
import { ApiProblem } from './apiProblem.ts'

/**
 * What is kept of the server's answers: shown at once when a page is opened again, and asked anew behind it. An answer
 * that says that the session has ended leads to the door.
 */
export const createQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // Whoever is not signed in when a page begins is led to the door by the router.
        const isFirst = query.queryKey[0] === 'session' && query.state.data === undefined
        if (isSignedOut(error) && !isFirst) leaveForSignIn()
      },
    }),
    mutationCache: new MutationCache({
      onError: (error) => {
        if (isSignedOut(error)) leaveForSignIn()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // What the server has refused it refuses again; what it could not do, it may in a moment.
        retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status < 500),
      },
    },
  })
