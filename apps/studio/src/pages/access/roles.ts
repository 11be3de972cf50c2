import type { Role } from '../../api/contract.ts'

/** From what may do all to what may only look. */
export const ROLES: readonly Role[] = ['owner', 'marketer', 'developer', 'analyst']
