import { useSession } from '../../session/useSession.ts'

const hands = ['owner', 'marketer', 'developer'] as const
const shop = ['owner', 'marketer'] as const
const works = ['owner', 'developer'] as const
const owner = ['owner'] as const

/** What each role may do here: the server decides, and this is what is shown of it. */
const ROLES = {
  settings: hands,
  /** What is believed of browsers. */
  security: works,
  senders: works,
  sendersCare: hands,
  keys: works,
  connections: works,
  import: works,
  export: shop,
  exportAll: owner,
  webhooks: works,
  erase: owner,
  parked: works,
  backup: owner,
} as const satisfies Record<string, readonly string[]>

/** Whether who is signed in may do something here, or only look. */
export function useMayChange(what: keyof typeof ROLES): boolean {
  const { role } = useSession()
  const roles: readonly string[] = ROLES[what]
  return roles.includes(role)
}
