import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import { ApiProblem } from '../api/apiProblem.ts'
import { sessionQuery } from './sessionQuery.ts'

/** Lets in who has signed in; leads everybody else there, and back to `href` afterwards. */
export async function requireSession(queryClient: QueryClient, href: string): Promise<void> {
  try {
    await queryClient.query({ ...sessionQuery, staleTime: 'static' })
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401)
      redirect({ to: '/sign-in', search: href === '/' ? {} : { to: href }, throw: true })
    throw error
  }
}
