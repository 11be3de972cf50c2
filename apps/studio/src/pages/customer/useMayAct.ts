import { useSession } from '../../session/useSession.ts'

export interface MayAct {
  /** Sends tests, enrols, ends runs, suppresses. */
  change: boolean
  /** Takes a copy of all personal data. */
  export: boolean
  /** Erases a person. */
  erase: boolean
  /** Has a parked customer fed again. */
  unpark: boolean
}

/** What the person at the studio may do to a customer. The server asks the same. */
export function useMayAct(): MayAct {
  const { role } = useSession()
  return {
    change: role === 'owner' || role === 'marketer',
    export: role === 'owner' || role === 'marketer',
    erase: role === 'owner',
    unpark: role === 'owner' || role === 'developer',
  }
}
