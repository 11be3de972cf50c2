import type { z } from 'zod'
import type { ListedSuppression } from '../store/queries/suppressionList.ts'
import { iso } from './iso.ts'
import type { SuppressionSchema } from './suppressionSchemas.ts'

export const presentSuppression = ({
  address,
  addressHash,
  reason,
  at,
  detail,
  under,
}: ListedSuppression): z.infer<typeof SuppressionSchema> => ({
  address,
  hash: addressHash,
  reason: reason as z.infer<typeof SuppressionSchema>['reason'],
  at: iso(at),
  detail,
  under: under as z.infer<typeof SuppressionSchema>['under'],
})
