import { useSession } from '../../session/useSession.ts'

/** Whether whoever has signed in may change and export segments, or look at them alone. */
export function useMayChange(): boolean {
  const { role } = useSession()
  return role === 'owner' || role === 'marketer'
}
