import { z } from 'zod'
import { GapCurveSchema } from './gapCurve.ts'
import { PredictionFitSchema } from './prediction/predictionFit.ts'
import { RfmLinesSchema } from './rfm.ts'

/** What the shop's customers together say, as far as there are enough of them. */
export const PopulationSchema = z.object({
  /** Of how many customers with an order, and until when. */
  buyers: z.number().int(),
  at: z.number(),
  gaps: GapCurveSchema.nullable(),
  /** The spend from which a customer is a VIP: minor units of the workspace's currency. */
  vipLine: z.number().nullable(),
  rfm: RfmLinesSchema.nullable(),
  fit: PredictionFitSchema.nullable(),
})
export type Population = z.infer<typeof PopulationSchema>
