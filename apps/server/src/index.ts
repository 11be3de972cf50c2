export { createFrozenClock, createTestClock, systemClock, type Clock } from './clock.ts'
export type { Ciclo, CicloOptions } from './ciclo.ts'
export { createCiclo } from './createCiclo.ts'
