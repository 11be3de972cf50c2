import { spendOf, type OrderFigures } from './orderFigures.ts'
import { predict } from './prediction/predict.ts'
import type { Prediction } from './prediction/prediction.ts'
import type { RulesVersion } from './rulesVersion.ts'

/** What is to be expected of a customer with these figures, by the parameters of a version; null without any. */
export function predictionAt(
  figures: OrderFigures,
  { population, settings }: RulesVersion,
  at: number,
): Prediction | null {
  const { orderDays, firstAt, lastAt } = figures
  if (!population?.fit || firstAt === null || lastAt === null) return null
  const spend = spendOf(figures, settings)
  return predict(population.fit, { orderDays, firstAt, lastAt, spend }, at, settings.currency)
}
