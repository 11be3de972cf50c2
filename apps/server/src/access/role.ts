/** What a person may do in the studio. `routes/permissions.ts` says what each role may. */
export const ROLES = ['owner', 'marketer', 'analyst', 'developer'] as const

export type Role = (typeof ROLES)[number]
