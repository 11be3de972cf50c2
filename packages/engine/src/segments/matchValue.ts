import type { ValueCondition } from './segmentRule.ts'

/** Whether a value is what a condition asks for: see `ValueConditionSchema`. What is not there is undefined. */
export function matchValue(value: unknown, condition: ValueCondition): boolean {
  switch (condition.operator) {
    case 'is':
      return value === condition.value
    case 'isOneOf':
      return (condition.values as readonly unknown[]).includes(value)
    case 'contains':
      return typeof value === 'string' && value.includes(condition.value)
    case 'startsWith':
      return typeof value === 'string' && value.startsWith(condition.value)
    case 'above':
      return typeof value === 'number' && value > condition.value
    case 'atLeast':
      return typeof value === 'number' && value >= condition.value
    case 'below':
      return typeof value === 'number' && value < condition.value
    case 'atMost':
      return typeof value === 'number' && value <= condition.value
    case 'exists':
      break
  }
  return value !== undefined && value !== null
}

/** Whether a condition holds for any of the values to which the names from `step` on lead. */
export function matchPath(
  value: unknown,
  path: readonly string[],
  condition: ValueCondition,
  step = 0,
): boolean {
  const name = path[step]
  if (name === undefined) return matchValue(value, condition)
  if (name === '*') {
    return Array.isArray(value) && value.some((element) => matchPath(element, path, condition, step + 1))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  if (!Object.hasOwn(value, name)) return false
  return matchPath((value as Record<string, unknown>)[name], path, condition, step + 1)
}
